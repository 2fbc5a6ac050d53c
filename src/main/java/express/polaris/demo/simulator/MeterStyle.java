package express.polaris.demo.simulator;

/** Format of a station's readings. */
public enum MeterStyle {
    /** Wh and W, plus the state of charge if the station knows it. */
    NORMAL,
    /** Like NORMAL, plus current and voltage of each phase. */
    PHASES,
    /** kWh and kW. */
    KILOWATT_HOURS,
    /** Energy only. */
    NO_POWER,
    /** Plain numbers without context, measurand, location and unit. */
    BARE,
    /** No readings in the last third of a session, not even the closing one. */
    SILENT_AT_END,
    /** The closing reading reaches SteVe 15 s after the stop. */
    LATE_FINAL
}
