package express.polaris.metering;

/**
 * Resolution of a register, in mWh: the largest of 1, 10, 100 and 1000 Wh that divides at least nine in ten of its
 * readings; 1 Wh if none does.
 */
final class RegisterStep {

    private static final long WATT_HOUR = 1_000;
    private static final long[] COARSEST_FIRST = {1_000 * WATT_HOUR, 100 * WATT_HOUR, 10 * WATT_HOUR, WATT_HOUR};

    private RegisterStep() {}

    static long of(RegisterReadings readings) {
        for (long step : COARSEST_FIRST) {
            int divided = 0;
            int all = 0;
            for (int i = 0; i < readings.size(); i++) {
                if (readings.row(i) != RegisterReadings.STOP) {
                    all++;
                    divided += readings.value(i) % step == 0 ? 1 : 0;
                }
            }
            if (all > 0 && divided * 10L >= all * 9L) {
                return step;
            }
        }
        return WATT_HOUR;
    }
}
