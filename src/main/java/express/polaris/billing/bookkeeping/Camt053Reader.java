package express.polaris.billing.bookkeeping;

import express.polaris.billing.bookkeeping.BankEntry.State;
import express.polaris.platform.refusals.InvalidInput;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads bank statements in the format camt.053 (ISO 20022), versions 02 to 08, element by element. Document type
 * definitions are refused, so no entity can expand or reach another file. An entry with several transaction details is
 * read as one entry for each, if each of them has an amount.
 */
final class Camt053Reader {

    private static final Pattern NAMESPACE =
            Pattern.compile("urn:iso:std:iso:20022:tech:xsd:camt\\.053\\.001\\.0[2-8]");
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,14}(\\.\\d{1,5})?");
    /** Words with which banks fill a reference that does not exist; every entry may have them. */
    private static final Pattern NONE = Pattern.compile("NONREF|NOREF|NOTPROVIDED", Pattern.CASE_INSENSITIVE);

    private static final int DEEPEST = 40;
    private static final int LONGEST_VALUE = 2_000;

    private final XMLStreamReader xml;
    private final Deque<String> path = new ArrayDeque<>();
    private final List<BankEntry> entries = new ArrayList<>();
    private String account = "";
    private Facts entry = new Facts();
    private Facts detail = new Facts();
    private final List<Facts> details = new ArrayList<>();
    private int count;

    private Camt053Reader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** What an entry, or one of its transaction details, says. */
    private static final class Facts {
        private String reference = "";
        private String end = "";
        private String amount = "";
        private String currency = "";
        private String direction = "";
        private String date = "";
        private String status = "";
        private boolean reversal;
        private final StringBuilder remittance = new StringBuilder();

        void says(String text) {
            if (!text.isBlank() && remittance.length() < LONGEST_VALUE) {
                remittance.append(remittance.isEmpty() ? "" : " ").append(text.strip());
            }
        }
    }

    /**
     * @throws InvalidInput if it is no statement of a known version
     */
    static List<BankEntry> read(byte[] file) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var xml = factory.createXMLStreamReader(new ByteArrayInputStream(file));
            try {
                return new Camt053Reader(xml).statement();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw refused(BookkeepingReason.XML_BROKEN);
        }
    }

    private List<BankEntry> statement() throws XMLStreamException {
        boolean known = false;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw refused(BookkeepingReason.XML_DTD);
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refused(BookkeepingReason.XML_BROKEN);
                case XMLStreamConstants.START_ELEMENT -> {
                    if (!known
                            && !NAMESPACE
                                    .matcher(Optional.ofNullable(xml.getNamespaceURI())
                                            .orElse(""))
                                    .matches()) {
                        throw refused(BookkeepingReason.XML_VERSION);
                    }
                    known = true;
                    begin();
                }
                case XMLStreamConstants.CHARACTERS -> value(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> end();
                default -> {
                    // comments and processing instructions
                }
            }
        }
        return entries;
    }

    private void begin() {
        path.addLast(xml.getLocalName());
        if (path.size() > DEEPEST) {
            throw refused(BookkeepingReason.XML_BROKEN);
        }
        switch (xml.getLocalName()) {
            case "Stmt" -> account = "";
            case "Ntry" -> {
                entry = new Facts();
                details.clear();
            }
            case "TxDtls" -> detail = new Facts();
            case "Amt" -> {
                var currency =
                        Optional.ofNullable(xml.getAttributeValue(null, "Ccy")).orElse("");
                if (isAt("Ntry", "Amt")) {
                    entry.currency = currency;
                } else if (isDetailAmount()) {
                    detail.currency = currency;
                }
            }
            default -> {
                // read when its value comes
            }
        }
    }

    /** In version 02 a detail's amount is that of the transaction; later ones have it directly. */
    private boolean isDetailAmount() {
        return isAt("TxDtls", "Amt") || isAt("TxDtls", "AmtDtls", "TxAmt", "Amt");
    }

    private void value(String text) {
        if (text.isBlank() || !path.contains("Stmt")) {
            return;
        }
        var value = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text.strip();
        if (NONE.matcher(value).matches()) {
            return;
        }
        if (isAt("Stmt", "Acct", "Id", "IBAN") || isAt("Stmt", "Acct", "Id", "Othr", "Id")) {
            account = value;
        } else if (path.contains("TxDtls")) {
            ofDetail(value);
        } else if (path.contains("Ntry")) {
            ofEntry(value);
        }
    }

    private void ofEntry(String value) {
        if (isAt("Ntry", "Amt")) {
            entry.amount = value;
        } else if (isAt("Ntry", "CdtDbtInd")) {
            entry.direction = value;
        } else if (isAt("Ntry", "RvslInd")) {
            entry.reversal = value.equals("true") || value.equals("1");
        } else if (isAt("Ntry", "Sts") || isAt("Ntry", "Sts", "Cd")) {
            entry.status = value;
        } else if (isAt("BookgDt", "Dt") || isAt("BookgDt", "DtTm")) {
            entry.date = value;
        } else if (isAt("Ntry", "AcctSvcrRef")) {
            entry.reference = value;
        } else if (isAt("Ntry", "AddtlNtryInf")) {
            entry.says(value);
        }
    }

    private void ofDetail(String value) {
        if (isDetailAmount()) {
            detail.amount = value;
        } else if (isAt("TxDtls", "CdtDbtInd")) {
            detail.direction = value;
        } else if (isAt("Refs", "AcctSvcrRef") || isAt("Refs", "TxId")) {
            detail.reference += value + "/";
        } else if (isAt("Refs", "EndToEndId")) {
            detail.end = value;
        } else if (isAt("RmtInf", "Ustrd") || isAt("CdtrRefInf", "Ref") || isAt("RfrdDocInf", "Nb")) {
            detail.says(value);
        }
    }

    private boolean isAt(String... last) {
        if (path.size() < last.length) {
            return false;
        }
        var backwards = path.descendingIterator();
        for (int i = last.length - 1; i >= 0; i--) {
            if (!backwards.next().equals(last[i])) {
                return false;
            }
        }
        return true;
    }

    private void end() {
        switch (path.removeLast()) {
            case "TxDtls" -> {
                detail.says(detail.end);
                details.add(detail);
            }
            case "Ntry" -> finish();
            default -> {
                // nothing ends with it
            }
        }
    }

    private void finish() {
        count++;
        boolean apart = details.size() > 1 && details.stream().noneMatch(one -> one.amount.isEmpty());
        if (apart) {
            for (int i = 0; i < details.size(); i++) {
                add(details.get(i), i);
            }
            return;
        }
        var whole = new Facts();
        whole.amount = entry.amount;
        whole.currency = entry.currency;
        whole.says(entry.remittance.toString());
        details.forEach(one -> {
            whole.says(one.remittance.toString());
            whole.reference += one.reference;
        });
        add(whole, 0);
    }

    private void add(Facts facts, int place) {
        var direction = facts.direction.isEmpty() ? entry.direction : facts.direction;
        var date = date(entry.date);
        var currency = currency(facts.currency);
        boolean readable = AMOUNT.matcher(facts.amount).matches()
                && currency.isPresent()
                && date.isPresent()
                && (direction.equals("CRDT") || direction.equals("DBIT"));
        if (!readable) {
            throw InvalidInput.of("file", BookkeepingReason.XML.with(BookkeepingReason.XML_ENTRY.with(count)));
        }
        if (entries.size() >= BankFile.MOST_ENTRIES) {
            throw InvalidInput.of("file", BookkeepingReason.TOO_MANY.with(BankFile.MOST_ENTRIES));
        }
        var amount = new BigDecimal(facts.amount);
        entries.add(new BankEntry(
                BankEntryKeys.referenced(account, entry.reference + "/" + facts.reference, place, date.get(), amount)
                        .orElse(""),
                date.get(),
                direction.equals("CRDT") ? amount : amount.negate(),
                currency.get(),
                facts.remittance.toString(),
                entry.reversal ? State.REVERSAL : isBooked(entry.status) ? State.BOOKED : State.PENDING));
    }

    /** A statement has booked entries only; those that say otherwise are left out of payments. */
    private static boolean isBooked(String status) {
        return status.isEmpty() || status.equals("BOOK");
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text.substring(0, Math.min(10, text.length()))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InvalidInput refused(BookkeepingReason reason) {
        return InvalidInput.of("file", BookkeepingReason.XML.with(reason.with()));
    }
}
