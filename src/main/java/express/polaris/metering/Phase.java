package express.polaris.metering;

import java.util.Optional;

/**
 * The conductors that a value covers (OCPP 1.6, 7.35): all together, or one of a group of up to three. Values of one
 * group add up; those of different groups do not. The neutral conductor carries no energy.
 *
 * @param index place in its group, from 0
 */
record Phase(Group group, int index) {

    /** In the order of preference. */
    enum Group {
        TOTAL,
        LINE,
        LINE_TO_NEUTRAL,
        LINE_TO_LINE
    }

    /** Maximum number of members of a group. */
    static final int MOST = 3;

    static final Phase TOTAL = new Phase(Group.TOTAL, 0);

    /**
     * @return empty for the neutral conductor and for phases that OCPP does not define
     */
    static Optional<Phase> of(SampledValue value) {
        return Optional.ofNullable(
                switch (value.phase().map(String::strip).orElse("")) {
                    case "" -> TOTAL;
                    case "L1" -> new Phase(Group.LINE, 0);
                    case "L2" -> new Phase(Group.LINE, 1);
                    case "L3" -> new Phase(Group.LINE, 2);
                    case "L1-N" -> new Phase(Group.LINE_TO_NEUTRAL, 0);
                    case "L2-N" -> new Phase(Group.LINE_TO_NEUTRAL, 1);
                    case "L3-N" -> new Phase(Group.LINE_TO_NEUTRAL, 2);
                    case "L1-L2" -> new Phase(Group.LINE_TO_LINE, 0);
                    case "L2-L3" -> new Phase(Group.LINE_TO_LINE, 1);
                    case "L3-L1" -> new Phase(Group.LINE_TO_LINE, 2);
                    default -> null;
                });
    }
}
