package express.polaris.billing.parties;

import java.util.Arrays;

/**
 * Logo on invoices.
 *
 * @param mediaType {@code image/png} or {@code image/jpeg}
 */
public record Logo(String mediaType, byte[] content) {

    public Logo {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Logo(var type, var bytes) && mediaType.equals(type) && Arrays.equals(content, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return mediaType + " of " + content.length + " bytes";
    }
}
