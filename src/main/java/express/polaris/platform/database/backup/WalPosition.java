package express.polaris.platform.database.backup;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Positions in PostgreSQL's write-ahead log and the names of its files (PostgreSQL documentation, "WAL Internals"): a
 * file has 16 MB, and its name is the timeline and the number of the file in 24 hexadecimal digits.
 */
final class WalPosition {

    static final long SEGMENT = 16L << 20;

    static final Pattern SEGMENT_NAME = Pattern.compile("[0-9A-F]{24}");
    static final Pattern HISTORY_NAME = Pattern.compile("[0-9A-F]{8}\\.history");

    private static final long SEGMENTS_PER_ID = (1L << 32) / SEGMENT;
    private static final int HEX = 16;
    private static final int TIMELINE_DIGITS = 8;
    private static final int ID_DIGITS = 16;

    private WalPosition() {}

    /** Parses a position such as {@code 0/16B3748}. */
    static long parse(String position) {
        var parts = position.split("/");
        return Long.parseLong(parts[0], HEX) << 32 | Long.parseLong(parts[1], HEX);
    }

    static String print(long position) {
        return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
    }

    /** Number of the file that contains the position. */
    static long segment(long position) {
        return position / SEGMENT;
    }

    static String name(int timeline, long segment) {
        return String.format(
                Locale.ROOT, "%08X%08X%08X", timeline, segment / SEGMENTS_PER_ID, segment % SEGMENTS_PER_ID);
    }

    static int timelineOf(String name) {
        return Integer.parseUnsignedInt(name.substring(0, TIMELINE_DIGITS), HEX);
    }

    static long segmentOf(String name) {
        return Long.parseLong(name.substring(TIMELINE_DIGITS, ID_DIGITS), HEX) * SEGMENTS_PER_ID
                + Long.parseLong(name.substring(ID_DIGITS), HEX);
    }
}
