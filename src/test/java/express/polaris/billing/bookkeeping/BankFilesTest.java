package express.polaris.billing.bookkeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.billing.bookkeeping.BankEntry.State;
import express.polaris.platform.refusals.InvalidInput;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of banks' files and of the numbers in them, without a database. */
class BankFilesTest {

    private static final Currency EUR = Currency.getInstance("EUR");

    private static List<BankEntry> csv(String text) {
        return csv(text.getBytes(StandardCharsets.UTF_8), CsvMapping.USUAL);
    }

    private static List<BankEntry> csv(byte[] file, CsvMapping mapping) {
        return BankEntryKeys.complete(BankCsvReader.read(file, mapping, EUR));
    }

    private static BankEntry only(List<BankEntry> entries) {
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    @Test
    void aGermanListWithLinesAboveItsHeaderAndADecimalCommaIsRead() {
        var text = """
            "Umsatzanzeige";"Datei erstellt am 02.05.2026"

            "IBAN";"DE02 1203 0000 0000 2020 51"
            "Saldo";"1.234,56";"EUR"

            "Buchung";"Wertstellungsdatum";"Auftraggeber/Empfänger";"Verwendungszweck";"Betrag";"Währung"
            "02.05.2026";"02.05.2026";"Müller GmbH";"Rechnung 2026-000012";"1.013,92";"EUR"
            "01.05.2026";"01.05.2026";"Stadtwerke";"Abschlag";"-80,00";"EUR"
            """;
        var entries = csv(text.getBytes(Charset.forName("windows-1252")), CsvMapping.USUAL);
        assertThat(entries)
                .extracting(BankEntry::amount)
                .containsExactly(new BigDecimal("1013.92"), new BigDecimal("-80.00"));
        assertThat(entries.getFirst().bookedOn()).isEqualTo(LocalDate.of(2026, 5, 2));
        assertThat(entries.getFirst().remittance()).isEqualTo("Rechnung 2026-000012");
    }

    @Test
    void anEnglishListWithADecimalPointIsRead() {
        var entry = only(csv("""
            Date,Description,Amount,Currency
            2026-05-02,"Invoice 2026-000012, thanks","1,013.92",CHF
            """));
        assertThat(entry.amount()).isEqualByComparingTo("1013.92");
        assertThat(entry.currency().getCurrencyCode()).isEqualTo("CHF");
        assertThat(entry.remittance()).isEqualTo("Invoice 2026-000012, thanks");
    }

    @Test
    void unsignedAmountsTakeTheirSignFromTheDirection() {
        assertThat(csv("""
            Buchungstag;Verwendungszweck;Umsatz;Soll/Haben
            02.05.26;2026-000012;13,92;H
            02.05.26;2026-000013;13,92;S
            """))
                .extracting(BankEntry::amount)
                .containsExactly(new BigDecimal("13.92"), new BigDecimal("-13.92"));
    }

    @Test
    void columnsOfAnotherNameAreReadWhenTheyAreNamed() {
        var text = "Tag;Wert;Zweck\n2.5.2026;13,92 €;2026-000012\n";
        assertThatThrownBy(() -> csv(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .extracting(fault -> fault.field())
                                .containsExactly("date", "amount", "text"));
        var entry = only(csv(text.getBytes(StandardCharsets.UTF_8), new CsvMapping("tag", "Wert", "", "Zweck", "")));
        assertThat(entry.amount()).isEqualByComparingTo("13.92");
    }

    private static List<LocalDate> days(String first, String second, String order) {
        var text = "Date,Description,Amount\n" + first + ",a,1.00\n" + second + ",b,1.00\n";
        return csv(text.getBytes(StandardCharsets.UTF_8), new CsvMapping("", "", "", "", order)).stream()
                .map(BankEntry::bookedOn)
                .toList();
    }

    @Test
    void oneLineDecidesWhetherTheDayOrTheMonthComesFirstInAllLines() {
        assertThat(days("02/05/2026", "02/13/2026", ""))
                .containsExactly(LocalDate.of(2026, 2, 5), LocalDate.of(2026, 2, 13));
        assertThat(days("02/05/2026", "13/05/2026 10:15", ""))
                .containsExactly(LocalDate.of(2026, 5, 2), LocalDate.of(2026, 5, 13));
        assertThat(days("02/02/2026", "03/03/2026", ""))
                .containsExactly(LocalDate.of(2026, 2, 2), LocalDate.of(2026, 3, 3));
        assertThatThrownBy(() -> days("02/13/2026", "13/02/2026", ""))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults().getFirst().message())
                                .contains("is no date"));
    }

    @Test
    void daysThatCanBeReadBothWaysNeedTheirOrder() {
        assertThatThrownBy(() -> days("02/02/2026", "02/05/2026", ""))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault.field()).isEqualTo("dateOrder");
                            assertThat(fault.message()).startsWith("02/05/2026 can be read as two days.");
                        }));
        assertThat(days("02/02/2026", "02/05/2026", "month_first").getLast()).isEqualTo(LocalDate.of(2026, 2, 5));
        assertThat(days("02/02/2026", "02/05/2026", "day_first").getLast()).isEqualTo(LocalDate.of(2026, 5, 2));
        assertThatThrownBy(() -> days("02/02/2026", "02/05/2026", "both")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void everyLineThatCannotBeReadIsNamed() {
        var text = "Buchungstag;Betrag;Verwendungszweck\n31.02.2026;13,92;a\n02.05.2026;zwölf;b\n";
        assertThatThrownBy(() -> csv(text))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .extracting(fault -> fault.message())
                                .containsExactly("Line 2: 31.02.2026 is no date.", "Line 3: zwölf is no amount."));
    }

    @Test
    void equalEntriesHaveKeysOfTheirOwnAndKeepThemInAnotherFile() {
        var header = "Buchungstag;Betrag;Verwendungszweck\n";
        var one = "02.05.2026;13,92;2026-000012\n";
        var other = "03.05.2026;5,00;2026-000013\n";
        var twice = csv(header + one + one);
        assertThat(twice.get(0).key()).isNotEqualTo(twice.get(1).key());
        assertThat(csv(header + other + one).getLast().key())
                .isEqualTo(twice.getFirst().key());
    }

    private static String camt02(String entries) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
             <BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
            """ + entries + "</Stmt></BkToCstmrStmt></Document>";
    }

    private static final String ENTRY_02 = """
        <Ntry><Amt Ccy="EUR">13.92</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
         <BookgDt><Dt>2026-05-02</Dt></BookgDt><AcctSvcrRef>REF1</AcctSvcrRef>
         <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
          <RltdPties><Dbtr><Nm>Anna</Nm></Dbtr></RltdPties>
          <RmtInf><Ustrd>Rechnung 2026-</Ustrd><Ustrd>000012</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        """;

    private static List<BankEntry> camt(String xml) {
        return BankEntryKeys.complete(Camt053Reader.read(xml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aStatementOfVersion02IsRead() {
        var entry = only(camt(camt02(ENTRY_02)));
        assertThat(entry.amount()).isEqualByComparingTo("13.92");
        assertThat(entry.bookedOn()).isEqualTo(LocalDate.of(2026, 5, 2));
        assertThat(entry.remittance()).isEqualTo("Rechnung 2026- 000012");
        assertThat(entry.state()).isEqualTo(State.BOOKED);
        assertThat(entry.key()).isEqualTo(only(camt(camt02(ENTRY_02))).key());
    }

    /** Fails if payments for two invoices, equal but for their text, are the same entry in two files. */
    @ParameterizedTest
    @CsvSource({"NONREF, NOTPROVIDED, NOTPROVIDED", "notprovided, NoRef, nonref", "NOREF, NONREF, NotProvided"})
    void aWordInPlaceOfAReferenceIsNone(String ofEntry, String ofTransaction, String endToEnd) {
        var filled = ENTRY_02.replace("REF1", ofEntry)
                .replace("<EndToEndId>NOTPROVIDED", "<TxId>" + ofTransaction + "</TxId><EndToEndId>" + endToEnd);
        var entry = only(camt(camt02(filled)));
        assertThat(entry.remittance()).isEqualTo("Rechnung 2026- 000012");
        assertThat(entry.key())
                .isEqualTo(only(camt(camt02(ENTRY_02.replace("<AcctSvcrRef>REF1</AcctSvcrRef>", ""))))
                        .key())
                .isNotEqualTo(
                        only(camt(camt02(filled.replace("000012", "000013")))).key())
                .isNotEqualTo(only(camt(camt02(filled.replace("<TxId>" + ofTransaction, "<TxId>T1"))))
                        .key());
    }

    @Test
    void aCollectiveEntryOfVersion08IsReadAsItsTransactions() {
        var detail = """
            <TxDtls><Refs><AcctSvcrRef>%s</AcctSvcrRef></Refs><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd>
             <RltdPties><Dbtr><Pty><Nm>Anna</Nm></Pty></Dbtr></RltdPties>
             <RmtInf><Strd><CdtrRefInf><Ref>%s</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
            """;
        var entries = camt("""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
             <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
             <Ntry><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
              <BookgDt><DtTm>2026-05-02T08:15:00+02:00</DtTm></BookgDt>
              <NtryDtls>
            """ + detail.formatted("A", "13.92", "RF932026000012")
                + detail.formatted("B", "6.08", "2026000013") + """
              </NtryDtls></Ntry>
             <Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>
              <BookgDt><Dt>2026-05-02</Dt></BookgDt></Ntry>
             <Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts>
              <BookgDt><Dt>2026-05-02</Dt></BookgDt></Ntry>
            </Stmt></BkToCstmrStmt></Document>
            """);
        assertThat(entries)
                .extracting(BankEntry::amount)
                .containsExactly(
                        new BigDecimal("13.92"),
                        new BigDecimal("6.08"),
                        new BigDecimal("5.00"),
                        new BigDecimal("5.00"));
        assertThat(entries)
                .extracting(BankEntry::state)
                .containsExactly(State.BOOKED, State.BOOKED, State.PENDING, State.REVERSAL);
        assertThat(entries).extracting(BankEntry::key).doesNotHaveDuplicates();
    }

    /** Fails if an entity is expanded, or a file or address outside of the statement is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;\">]>",
                "<!DOCTYPE d [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE d SYSTEM \"http://127.0.0.1:1/evil.dtd\">"
            })
    void aDocumentTypeDefinitionIsRefused(String doctype) {
        var xml = camt02(ENTRY_02.replace("000012", "000012&c;")).replace("<Document", doctype + "<Document");
        assertThatThrownBy(() -> camt(xml))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .extracting(fault -> fault.message())
                                .containsExactly(
                                        "This is no camt.053 statement: a document type definition is not allowed."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/> | versions 02 to 08 are read
        <html><p>Sign in</p></html>                                        | versions 02 to 08 are read
        <Document                                                          | the XML cannot be read
        """)
    void anotherDocumentIsRefused(String xml, String why) {
        assertThatThrownBy(() -> camt(xml))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults().getFirst().message())
                                .contains(why));
    }

    @Test
    void anEntryWithoutABookingDateIsNamed() {
        var xml = camt02(ENTRY_02 + ENTRY_02.replace("<Dt>2026-05-02</Dt>", ""));
        assertThatThrownBy(() -> camt(xml))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults().getFirst().message())
                                .contains("entry 2 lacks"));
    }

    @Test
    void tenThousandEntriesAreReadWithinSeconds() {
        var began = System.nanoTime();
        assertThat(camt(camt02(ENTRY_02.repeat(10_000)))).hasSize(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rechnung 2026-000012",
                "RE2026000012 vom 1.5.",
                "2026 000012",
                "Invoice no.2026-0000 12, thank you",
                "rf93 2026 0000 12",
                "2026-000011 2026-000012"
            })
    void aNumberIsFoundHoweverItIsWritten(String text) {
        assertThat(InvoiceNumberText.candidates(text, Set.of(10))).contains("2026000012");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DE0220260000120001", "12026-000012", "2026-0000123", "2026-00001"})
    void aNumberWithinALongerOneIsNotFound(String text) {
        assertThat(InvoiceNumberText.candidates(text, Set.of(10))).doesNotContain("2026000012");
    }
}
