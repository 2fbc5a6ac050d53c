package express.polaris.demo.simulator;

/** Pseudo-random numbers that are the same on every run and every machine. */
final class Chance {

    private Chance() {}

    /** Hash of both arguments (SplitMix64's mixing), not negative. */
    static long of(long when, String what) {
        long z = when * 0x9E3779B97F4A7C15L + what.hashCode();
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & Long.MAX_VALUE;
    }
}
