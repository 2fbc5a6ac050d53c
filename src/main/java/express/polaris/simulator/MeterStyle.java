package express.polaris.simulator;

/** What a station's readings look like. */
public enum MeterStyle {
    /** Wh, W, and the state of charge where the station knows it. */
    NORMAL,
    /** As normal, with a current and a voltage for each phase. */
    PHASES,
    /** kWh and kW. */
    KILOWATT_HOURS,
    /** Energy alone. */
    NO_POWER,
    /** Numbers without context, measurand, location or unit. */
    BARE,
    /** Nothing is heard in the last third of a session, not even its last reading. */
    SILENT_AT_END,
    /** The last reading reaches SteVe 15 s after the stop. */
    LATE_FINAL
}
