package express.polaris.metering;

import java.util.Optional;

/** The supported OCPP measurands (OCPP 1.6, 7.31), those of energy in the order of preference. */
enum Measurand {
    ENERGY_REGISTER,
    ENERGY_INTERVAL,
    POWER,
    STATE_OF_CHARGE;

    static Optional<Measurand> of(Optional<String> name) {
        return switch (name.map(String::strip).orElse("")) {
            case "", "Energy.Active.Import.Register" -> Optional.of(ENERGY_REGISTER);
            case "Energy.Active.Import.Interval" -> Optional.of(ENERGY_INTERVAL);
            case "Power.Active.Import" -> Optional.of(POWER);
            case "SoC" -> Optional.of(STATE_OF_CHARGE);
            default -> Optional.empty();
        };
    }

    boolean isEnergy() {
        return this == ENERGY_REGISTER || this == ENERGY_INTERVAL;
    }
}
