package express.polaris.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static String row(String... cells) throws IOException {
        var out = new ByteArrayOutputStream();
        var csv = new Csv(out);
        csv.row(Arrays.asList(cells));
        csv.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aFormulaIsEscapedWithAnApostrophe() {
        assertThat(List.of("=1", "+1", "-1", "@a", "\ta", "a=1", ""))
                .extracting(Csv::text)
                .containsExactly("'=1", "'+1", "'-1", "'@a", "'\ta", "a=1", "");
    }

    @Test
    void aCellWithSeparatorsIsQuoted() throws IOException {
        assertThat(row("a,b")).isEqualTo("\"a,b\"\r\n");
        assertThat(row("a\"b")).isEqualTo("\"a\"\"b\"\r\n");
        assertThat(row(Csv.text("=a\r\nb"))).isEqualTo("\"'=a\r\nb\"\r\n");
    }

    @Test
    void allElseStandsAsItIs() throws IOException {
        assertThat(row("1", "", " ä;b ", "#c", "")).isEqualTo("1,, ä;b ,#c,\r\n");
    }

    @Test
    void aReaderThatWentAwayIsAnOrdinaryFault() {
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        var csv = new Csv(gone);
        var row = Collections.nCopies(1000, "a cell of a long row");
        assertThatThrownBy(() -> csv.row(row)).isInstanceOf(IOException.class).hasMessage("gone");
    }
}
