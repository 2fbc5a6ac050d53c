package express.polaris.billing.parties;

import express.polaris.platform.refusals.Wording;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a logo, and checks that it can be drawn on an invoice. A picture in other colours than sRGB is converted, because
 * invoices are PDF/A.
 */
final class LogoReader {

    private static final int MOST_KILOBYTES = 200;
    private static final int LONGEST_SIDE = 4_000;
    private static final int MOST_MEGAPIXELS = 12;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private LogoReader() {}

    /** A logo, or the reason why the file cannot be one. */
    sealed interface Read {

        record Usable(Logo logo) implements Read {}

        record Refused(Wording why) implements Read {}
    }

    /** The type follows from the content, whatever a browser says. */
    static Read read(byte[] content) {
        if (content.length > MOST_KILOBYTES * 1_024) {
            return new Read.Refused(PartyReason.LOGO_SIZE.with(MOST_KILOBYTES));
        }
        var format = startsWith(content, PNG)
                ? Optional.of("png")
                : startsWith(content, JPEG) ? Optional.of("jpeg") : Optional.<String>empty();
        return format.map(known -> read(content, known))
                .orElseGet(() -> new Read.Refused(PartyReason.LOGO_TYPE.with()));
    }

    private static Read read(byte[] content, String format) {
        var reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(stream, true, true);
            return isSmallEnough(reader)
                    ? usable(reader.read(0), new Logo("image/" + format, content))
                    : new Read.Refused(PartyReason.LOGO_PIXELS.with(LONGEST_SIDE, MOST_MEGAPIXELS));
        } catch (IOException | RuntimeException e) {
            // a damaged picture makes the reader throw almost anything
            return new Read.Refused(PartyReason.LOGO_BROKEN.with());
        } finally {
            reader.dispose();
        }
    }

    /** Looks at the head of the picture only: few bytes can unfold to a picture that fills the memory. */
    private static boolean isSmallEnough(ImageReader reader) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        return width <= LONGEST_SIDE && height <= LONGEST_SIDE && width * height <= MOST_MEGAPIXELS * 1_000_000L;
    }

    private static Read usable(BufferedImage picture, Logo logo) throws IOException {
        if (picture.getColorModel().getColorSpace().isCS_sRGB()) {
            return new Read.Usable(logo);
        }
        var converted = inSrgb(picture);
        return converted.length <= MOST_KILOBYTES * 1_024
                ? new Read.Usable(new Logo("image/png", converted))
                : new Read.Refused(PartyReason.LOGO_COLOURS.with(MOST_KILOBYTES));
    }

    private static byte[] inSrgb(BufferedImage picture) throws IOException {
        boolean clear = picture.getColorModel().hasAlpha();
        var drawn = new BufferedImage(
                picture.getWidth(),
                picture.getHeight(),
                clear ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        var graphics = drawn.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", out);
        return out.toByteArray();
    }

    private static boolean startsWith(byte[] content, byte[] signature) {
        return content.length > signature.length
                && Arrays.equals(content, 0, signature.length, signature, 0, signature.length);
    }
}
