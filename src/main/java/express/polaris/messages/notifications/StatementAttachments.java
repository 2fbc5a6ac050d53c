package express.polaris.messages.notifications;

import express.polaris.billing.statements.StatementService;
import express.polaris.documents.CsvStyle;
import express.polaris.documents.StatementDocuments;
import express.polaris.messages.mail.Letter.Attachment;
import java.util.List;
import org.springframework.stereotype.Component;

/** Employer statements as files of a mail: PDF, and CSV for spreadsheet programs. */
@Component
class StatementAttachments {

    private final StatementService statements;
    private final StatementDocuments documents;

    StatementAttachments(StatementService statements, StatementDocuments documents) {
        this.statements = statements;
        this.documents = documents;
    }

    /** The files of a statement. */
    List<Attachment> of(String number) {
        var statement = statements.find(number).orElseThrow();
        return List.of(
                new Attachment(documents.pdfName(statement), "application/pdf", documents.pdf(statement)),
                new Attachment(
                        documents.csvName(statement),
                        StatementDocuments.CSV_TYPE,
                        documents.csv(statement, CsvStyle.SEMICOLON)));
    }
}
