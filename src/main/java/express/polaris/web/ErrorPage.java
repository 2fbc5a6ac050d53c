package express.polaris.web;

import express.polaris.documents.Texts;
import java.util.Optional;

/**
 * Model of {@code error/error.jte}. Has no viewer, form or path, so that the page is the same for every viewer.
 *
 * @param reason sentence of the refusal that explains the error, in the page's language
 * @param isRepeatable whether opening the same address again may help
 */
public record ErrorPage(Texts texts, Kind kind, Optional<String> reason, boolean isRepeatable) {

    /** Kind of error, as far as a viewer needs to know. */
    public enum Kind {
        NOT_FOUND("error.notFound", "compass"),
        NOT_ALLOWED("error.notAllowed", "shield"),
        READ_ONLY("error.readOnly", "eye"),
        BAD_REQUEST("error.badRequest", "alert"),
        TOO_MANY("error.tooMany", "clock"),
        FORM_EXPIRED("error.formExpired", "clock"),
        UNAVAILABLE("error.unavailable", "sync"),
        FAULT("error.fault", "alert");

        private final String key;
        private final String icon;

        Kind(String key, String icon) {
            this.key = key;
            this.icon = icon;
        }

        public String icon() {
            return icon;
        }

        public String titleKey() {
            return key + ".title";
        }

        public String textKey() {
            return key + ".text";
        }

        /** Whether the same request may succeed later. */
        boolean isTemporary() {
            return this == UNAVAILABLE || this == TOO_MANY;
        }

        static Kind of(int status) {
            return switch (status) {
                case 404 -> NOT_FOUND;
                case 401, 403, 405 -> NOT_ALLOWED;
                case 423 -> READ_ONLY;
                case 429 -> TOO_MANY;
                case 503 -> UNAVAILABLE;
                default -> status >= 400 && status < 500 ? BAD_REQUEST : FAULT;
            };
        }
    }
}
