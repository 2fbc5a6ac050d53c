package express.polaris.simulator;

/** Numbers that look drawn and are the same on every run and every machine. */
final class Chance {

    private Chance() {}

    /** A number that depends on both arguments and on nothing else (SplitMix64's mixing). */
    static long of(long when, String what) {
        long z = when * 0x9E3779B97F4A7C15L + what.hashCode();
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & Long.MAX_VALUE;
    }
}
