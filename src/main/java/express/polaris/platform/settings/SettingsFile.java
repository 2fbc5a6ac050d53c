package express.polaris.platform.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings in UTF-8: one {@code NAME=value} a line, as in the environment files of systemd and Docker.
 *
 * <p>Names may also have the form of properties, {@code polaris.steve.base-url}. A value may be in single quotes, which
 * take it literally, or in double quotes, where a backslash precedes a quote or a backslash. Nothing is substituted. A
 * line that other readers of such files understand differently is a fault.
 *
 * @param path as it was given
 * @param entries by variable name
 * @param faults one sentence for each line that cannot be used; a value is never part of it
 */
record SettingsFile(Path path, Map<String, Entry> entries, List<String> faults) {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][\\w.-]*)\\s*=\\s*(.*)");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern COMMENT_AFTER_VALUE = Pattern.compile("\\s#");

    /** A value and the number of its line, from 1. */
    record Entry(String value, int line) {}

    SettingsFile {
        entries = Map.copyOf(entries);
        faults = List.copyOf(faults);
    }

    /** Reads the file; one that cannot be read has no entries and one fault. */
    static SettingsFile read(Path path) {
        try {
            return new Parser(path).parse(Files.readAllLines(path));
        } catch (CharacterCodingException e) {
            return new SettingsFile(path, Map.of(), List.of(path + " is not UTF-8; save it in that encoding"));
        } catch (IOException e) {
            return new SettingsFile(path, Map.of(), List.of(path + " " + FileFaults.why(e)));
        }
    }

    private static final class Parser {

        private final Path path;
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();

        private Parser(Path path) {
            this.path = path;
        }

        private SettingsFile parse(List<String> lines) {
            for (int number = 1; number <= lines.size(); number++) {
                var line = lines.get(number - 1).strip();
                if (number == 1 && line.startsWith("\uFEFF")) {
                    line = line.substring(1).strip();
                }
                if (!line.isEmpty() && !line.startsWith("#")) {
                    parse(line, number);
                }
            }
            return new SettingsFile(path, entries, faults);
        }

        private void parse(String line, int number) {
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                fault(number, "is not NAME=value");
                return;
            }
            var name = SettingSources.variableName(matcher.group(1));
            var earlier = entries.get(name);
            if (earlier != null) {
                fault(number, "sets " + name + " again, after line " + earlier.line() + "; remove one of the two");
                return;
            }
            var text = matcher.group(2);
            if (text.startsWith("'")) {
                quoted(SINGLE_QUOTED.matcher(text), name, number);
            } else if (text.startsWith("\"")) {
                quoted(DOUBLE_QUOTED.matcher(text), name, number);
            } else if (COMMENT_AFTER_VALUE.matcher(text).find()) {
                fault(
                        number,
                        "has \" #\" in the value of " + name
                                + "; put the value in single quotes, or the comment on a line of its own");
            } else {
                entries.put(name, new Entry(text, number));
            }
        }

        private void quoted(Matcher text, String name, int number) {
            if (text.matches()) {
                boolean escaped = text.pattern() == DOUBLE_QUOTED;
                var value = escaped ? text.group(1).replaceAll("\\\\([\"\\\\$`])", "$1") : text.group(1);
                entries.put(name, new Entry(value, number));
            } else {
                fault(number, "has a value of " + name + " that does not end with the quote it begins with");
            }
        }

        private void fault(int number, String what) {
            faults.add(path + ", line " + number + ", " + what);
        }
    }
}
