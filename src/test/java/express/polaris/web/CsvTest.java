package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void whatASpreadsheetWouldComputeBeginsWithAnApostrophe() {
        assertThat(List.of("=1", "+1", "-1", "@a", "\ta", "a=1", ""))
                .extracting(Csv::text)
                .containsExactly("'=1", "'+1", "'-1", "'@a", "'\ta", "a=1", "");
    }

    @Test
    void whatWouldEndACellStandsInQuotes() {
        assertThat(Csv.text("a,b")).isEqualTo("\"a,b\"");
        assertThat(Csv.text("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Csv.text("=a\r\nb")).isEqualTo("\"'=a\r\nb\"");
        assertThat(Csv.row(List.of("1", Csv.text("a,b")))).isEqualTo("1,\"a,b\"\r\n");
    }
}
