package express.polaris.sync;

/** Published when an operator resumes sync or accepts vanished transactions. */
record SyncResumed() {}
