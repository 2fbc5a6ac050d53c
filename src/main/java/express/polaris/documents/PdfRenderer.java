package express.polaris.documents;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Renders XHTML as PDF/A-3 (level A) and PDF/UA: tagged, with embedded fonts and no external resources. The typeface is
 * Roboto in the weights 400 and 700.
 */
@Component
public class PdfRenderer {

    /** Concurrent layouts. Each takes some megabytes, and more at once would not finish sooner. */
    private static final int AT_ONCE = 2;

    // The directory of tables in a TrueType font.
    private static final int TABLE_COUNT_AT = 4;
    private static final int TABLES_AT = 12;
    private static final int TABLE_ENTRY = 16;
    private static final int SUBSTITUTIONS = 0x47535542; // GSUB
    private static final int HIDDEN = 0x7A7A7A7A; // zzzz, no known table

    private static final String FONTS = "/com/formdev/flatlaf/fonts/roboto/";

    private final byte[] regular = font("Roboto-Regular.ttf");
    private final byte[] bold = font("Roboto-Medium.ttf");
    private final byte[] colours = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    private final Semaphore turns = new Semaphore(AT_ONCE);

    PdfRenderer() {
        XRLog.setLoggingEnabled(false);
    }

    /** Renders a page; blocks while two other layouts run. */
    public byte[] render(String xhtml) {
        return render(xhtml, Optional.empty(), Instant.EPOCH);
    }

    /**
     * Renders an invoice; blocks while two other layouts run.
     *
     * @param eInvoice XML that is embedded as {@code factur-x.xml}
     * @param made time of the XML
     */
    byte[] render(String xhtml, Optional<byte[]> eInvoice, Instant made) {
        turns.acquireUninterruptibly();
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        try {
            // Services of the JDK suffice. To look for others in the jars would take a quarter of the time.
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            return pdf(withoutControls(xhtml), eInvoice, made);
        } finally {
            thread.setContextClassLoader(loader);
            turns.release();
        }
    }

    private byte[] pdf(String xhtml, Optional<byte[]> eInvoice, Instant made) {
        var builder = new PdfRendererBuilder();
        builder.useFont(() -> new ByteArrayInputStream(regular), "Roboto", 400, FontStyle.NORMAL, true);
        builder.useFont(() -> new ByteArrayInputStream(bold), "Roboto", 700, FontStyle.NORMAL, true);
        builder.usePdfUaAccessibility(true);
        builder.usePdfAConformance(PdfAConformance.PDFA_3_A);
        builder.useColorProfile(colours);
        builder.withProducer("Polaris Express");
        builder.withHtmlContent(xhtml, "");
        var out = new ByteArrayOutputStream();
        try (var renderer = builder.buildPdfRenderer()) {
            renderer.createPDFWithoutClosing();
            try (var pdf = renderer.getPdfDocument()) {
                if (eInvoice.isPresent()) {
                    FacturX.embed(pdf, eInvoice.get(), made);
                }
                pdf.save(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Removes control characters and unpaired surrogates, which XML does not allow. */
    static String withoutControls(String text) {
        return text.codePoints()
                .filter(point -> point == '\n'
                        || point == '\t'
                        || point >= ' ' && point != 0xFFFE && point != 0xFFFF && (point < 0xD800 || point > 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] font(String file) {
        try (InputStream in = PdfRenderer.class.getResourceAsStream(FONTS + file)) {
            if (in == null) {
                throw new IllegalStateException("The typeface " + file + " is not on the class path");
            }
            return withoutLigatures(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hides the font's table of glyph substitutions, which is optional. PDFBox would look for ligatures in every text,
     * and that takes longer than all the rest.
     */
    private static byte[] withoutLigatures(byte[] font) {
        var tables = ByteBuffer.wrap(font);
        int count = tables.getShort(TABLE_COUNT_AT);
        for (int at = TABLES_AT; at < TABLES_AT + count * TABLE_ENTRY; at += TABLE_ENTRY) {
            if (tables.getInt(at) == SUBSTITUTIONS) {
                tables.putInt(at, HIDDEN);
            }
        }
        return font;
    }
}
