package express.polaris.console.stations;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import express.polaris.documents.Format;
import express.polaris.documents.QrCode;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.Settings;
import express.polaris.stations.chargers.Charger;
import express.polaris.stations.chargers.Connector;
import express.polaris.web.views.ChargerCard;
import express.polaris.web.views.ConnectorTypes;
import express.polaris.web.views.ConsolePaths;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Printable charger labels: a QR code that opens the connector's page in the portal, with the same facts in plain
 * text. Needs {@code POLARIS_PUBLIC_URL}, because a phone cannot reach the portal by any other address.
 */
@Component
class LabelBuilder {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 384;
    private static final int CODE_AT = 20;
    private static final int CODE_SIZE = 260;
    private static final int LINE_LENGTH = 24;
    private static final int MOST_LINES = 2;

    /**
     * Maximum of font size × number of letters in a line, with a margin on both sides. A bold letter is rarely wider
     * than two thirds of its height.
     */
    private static final int WIDEST = (WIDTH - 24) * 3 / 2;

    private final Optional<URI> publicUrl;

    LabelBuilder(Settings settings) {
        this.publicUrl = settings.publicUrl();
    }

    /** Whether a public URL is configured. */
    boolean isPossible() {
        return publicUrl.isPresent();
    }

    /** One label per connector, or one for the charger if its connectors are unknown; empty without a public URL. */
    List<ChargerLabel> of(Charger charger, Texts texts) {
        if (charger.connectors().isEmpty()) {
            return label(charger, Optional.empty(), texts).stream().toList();
        }
        return charger.connectors().stream()
                .flatMap(connector -> label(charger, Optional.of(connector), texts).stream())
                .toList();
    }

    /**
     * URL in the QR code: the charger's page in the portal with the connector preselected; empty without a public URL.
     */
    Optional<String> address(Charger charger, Optional<Connector> connector) {
        return publicUrl.map(url -> url.toString().replaceFirst("/+$", "")
                + ChargerCard.href(charger)
                + connector.map(it -> "?connector=" + it.id()).orElse(""));
    }

    /** The label as an SVG document; empty without a public URL. */
    Optional<String> svg(Charger charger, Optional<Connector> connector, Texts texts, Format format) {
        return address(charger, connector).map(address -> drawing(charger, connector, address, texts, format));
    }

    private Optional<ChargerLabel> label(Charger charger, Optional<Connector> connector, Texts texts) {
        var number = connector.map(it -> Integer.toString(it.id())).orElse("");
        return address(charger, connector)
                .map(address -> new ChargerLabel(
                        ConsolePaths.charger(charger.id()) + "/label.svg"
                                + (number.isEmpty() ? "" : "?connector=" + number),
                        connector
                                .map(it -> texts.get("session.connector", it.id()))
                                .orElse(charger.name()),
                        address,
                        "label-" + charger.id().value().replaceAll("[^A-Za-z0-9._-]", "_")
                                + (number.isEmpty() ? "" : "-" + number) + ".svg"));
    }

    private static String drawing(
            Charger charger, Optional<Connector> connector, String address, Texts texts, Format format) {
        var svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60mm\" height=\"76.8mm\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(escaped(charger.name() + ", " + address))
                .append("\" font-family=\"system-ui, sans-serif\" text-anchor=\"middle\">")
                .append("<rect width=\"100%\" height=\"100%\" rx=\"14\" fill=\"#fff\"/>");
        code(address, svg);
        int y = 300;
        for (var line : lines(charger.name())) {
            text(line, y, Math.min(20, WIDEST / line.length()), "bold", svg);
            y += 24;
        }
        var facts = new ArrayList<String>();
        facts.add(charger.publicId().orElse(charger.id().value()));
        connector.ifPresent(it -> facts.add(texts.get("session.connector", it.id())));
        var fact = shortened(String.join(" · ", facts));
        text(fact, y + 2, Math.min(17, WIDEST / fact.length()), "bold", svg);
        var connectorFacts = new ArrayList<String>();
        connector
                .flatMap(Connector::type)
                .map(type -> ConnectorTypes.name(type, texts))
                .ifPresent(connectorFacts::add);
        connector
                .flatMap(Connector::max)
                .map(limit -> texts.get("session.upTo", format.limit(limit)))
                .ifPresent(connectorFacts::add);
        text(String.join(" · ", connectorFacts), y + 25, 15, "normal", svg);
        return svg.append("</svg>\n").toString();
    }

    /** Draws the QR code with its quiet zone. */
    private static void code(String address, StringBuilder svg) {
        var code = QrCode.of(address, ErrorCorrectionLevel.Q);
        svg.append("<svg x=\"")
                .append(CODE_AT)
                .append("\" y=\"8\" width=\"")
                .append(CODE_SIZE)
                .append("\" height=\"")
                .append(CODE_SIZE)
                .append("\" viewBox=\"")
                .append(code.viewBox())
                .append("\" shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"")
                .append(code.path())
                .append("\"/></svg>");
    }

    private static void text(String text, int y, int size, String weight, StringBuilder svg) {
        svg.append("<text x=\"150\" y=\"")
                .append(y)
                .append("\" font-size=\"")
                .append(size)
                .append("\" font-weight=\"")
                .append(weight)
                .append("\" fill=\"#000\">")
                .append(escaped(text))
                .append("</text>");
    }

    /** Breaks the name between words into at most two lines. */
    private static List<String> lines(String name) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : name.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LINE_LENGTH) {
                lines.add(shortened(line.toString()));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(shortened(line.toString()));
        return lines.size() <= MOST_LINES
                ? lines
                : List.of(lines.getFirst(), shortened(String.join(" ", lines.subList(1, lines.size()))));
    }

    private static String shortened(String text) {
        return text.length() <= LINE_LENGTH + 4 ? text : text.substring(0, LINE_LENGTH + 3) + "…";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
