package express.polaris.sync;

/** An operator let sync go on. */
record SyncResumed() {}
