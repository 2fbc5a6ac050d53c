package express.polaris.accounts.access;

import java.util.Optional;

/**
 * Name of a browser from its User-Agent, for its owner to recognise; never used for decisions.
 *
 * @param browser such as {@code Firefox}
 * @param system such as {@code Windows}
 */
public record DeviceName(Optional<String> browser, Optional<String> system) {

    /**
     * Text in the User-Agent and the name it means. Browsers also send the marks of later entries, so the order
     * matters.
     */
    private record Mark(String text, String name) {}

    private static final Mark[] BROWSERS = {
        new Mark("Edg", "Edge"),
        new Mark("OPR/", "Opera"),
        new Mark("SamsungBrowser", "Samsung Internet"),
        new Mark("Firefox/", "Firefox"),
        new Mark("FxiOS", "Firefox"),
        new Mark("CriOS", "Chrome"),
        new Mark("Chrome/", "Chrome"),
        new Mark("Safari/", "Safari")
    };

    private static final Mark[] SYSTEMS = {
        new Mark("iPhone", "iPhone"),
        new Mark("iPad", "iPad"),
        new Mark("Android", "Android"),
        new Mark("Windows", "Windows"),
        new Mark("Mac OS X", "macOS"),
        new Mark("CrOS", "ChromeOS"),
        new Mark("Linux", "Linux")
    };

    /**
     * @param userAgent value of the User-Agent header; empty for none
     */
    static DeviceName of(String userAgent) {
        return new DeviceName(first(BROWSERS, userAgent), first(SYSTEMS, userAgent));
    }

    private static Optional<String> first(Mark[] marks, String userAgent) {
        for (var mark : marks) {
            if (userAgent.contains(mark.text())) {
                return Optional.of(mark.name());
            }
        }
        return Optional.empty();
    }
}
