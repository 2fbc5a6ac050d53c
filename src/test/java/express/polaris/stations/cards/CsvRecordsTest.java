package express.polaris.stations.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import express.polaris.stations.cards.CsvRecords.CsvRecord;
import express.polaris.stations.cards.CsvRecords.Malformed;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

    private static List<List<String>> cells(String text) throws Malformed {
        return CsvRecords.read(text).stream().map(CsvRecord::cells).toList();
    }

    @Test
    void quotedCellsMayContainSeparatorsLineBreaksAndQuotes() throws Malformed {
        assertThat(cells("a,\"b,\"\"c\"\"\r\nd\" , e\n")).containsExactly(List.of("a", "b,\"c\"\r\nd", "e"));
    }

    @Test
    void lineNumbersCountQuotedAndEmptyLines() throws Malformed {
        assertThat(CsvRecords.read("a,b\n\n\"x\ny\",1\r\n,\r\nz,"))
                .containsExactly(
                        new CsvRecord(1, List.of("a", "b")),
                        new CsvRecord(3, List.of("x\ny", "1")),
                        new CsvRecord(6, List.of("z", "")));
    }

    @Test
    void aByteOrderMarkIsSkippedAndSemicolonsSeparateWhenTheHeaderHasNoComma() throws Malformed {
        assertThat(cells("\uFEFFa;b\n1,5;2")).containsExactly(List.of("a", "b"), List.of("1,5", "2"));
    }

    @Test
    void aMisplacedQuoteIsReportedByItsLine() {
        for (var text : List.of("a\n\"b", "a\nb\"c", "a\n\"b\"c")) {
            assertThatExceptionOfType(Malformed.class)
                    .as(text)
                    .isThrownBy(() -> CsvRecords.read(text))
                    .satisfies(malformed -> assertThat(malformed.line()).isEqualTo(2));
        }
    }

    @Property(tries = 300)
    void writtenRecordsAreReadBackUnchanged(@ForAll("rows") List<List<String>> rows) throws Malformed {
        var text = rows.stream()
                .map(row -> row.stream()
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n"));
        assertThat(cells(text)).isEqualTo(rows);
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        var cell =
                Arbitraries.strings().withChars("ab ,;\"\r\nü").ofMinLength(1).ofMaxLength(6);
        return cell.list().ofMinSize(2).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(5);
    }
}
