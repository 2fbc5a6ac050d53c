package express.polaris.metering;

/** Which conductor a value is about (OCPP 1.6, 7.35). Values between two phases or of the neutral add up to nothing. */
enum Phase {
    ALL,
    L1,
    L2,
    L3,
    NOT_ADDITIVE;

    static Phase of(SampledValue value) {
        return switch (value.phase().map(String::strip).orElse("")) {
            case "" -> ALL;
            case "L1", "L1-N" -> L1;
            case "L2", "L2-N" -> L2;
            case "L3", "L3-N" -> L3;
            default -> NOT_ADDITIVE;
        };
    }
}
