package express.polaris.documents;

import express.polaris.documents.InvoicePdf.Documents;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code invoice_documents}. */
@Repository
class InvoiceDocumentRepository {

    private final JdbcClient jdbc;

    InvoiceDocumentRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the stored documents; empty if they are still to be made. */
    Optional<Documents> find(String number) {
        return jdbc.sql("select pdf, xml from invoice_documents where number = ? and pdf is not null")
                .param(number)
                .query((row, place) -> new Documents(row.getBytes("pdf"), Optional.ofNullable(row.getBytes("xml"))))
                .optional();
    }

    /** Queues an invoice for {@link InvoiceDocumentJob}, in the caller's transaction. */
    void queue(String number, Instant now) {
        jdbc.sql("insert into invoice_documents (number, due_at) values (?, ?) on conflict do nothing")
                .param(number)
                .param(SqlTime.utc(now))
                .update();
    }

    /** Claims queued invoices. A claimed one is due again after ten minutes, unless its documents are stored earlier. */
    List<String> claim(Instant now, int limit) {
        return jdbc.sql("""
            update invoice_documents set due_at = :now + interval '10 minutes'
             where number in (select number from invoice_documents
                               where pdf is null and due_at <= :now
                               order by due_at limit :limit for update skip locked)
            returning number
            """)
                .param("now", SqlTime.utc(now))
                .param("limit", limit)
                .query((row, place) -> row.getString("number"))
                .list();
    }

    /** Stores the documents, unless others are stored already. */
    void store(String number, Documents documents, Instant now) {
        jdbc.sql("""
            insert into invoice_documents as d (number, due_at, made_at, pdf, xml)
            values (:number, :now, :now, :pdf, :xml)
            on conflict (number) do update set made_at = excluded.made_at, pdf = excluded.pdf, xml = excluded.xml
             where d.pdf is null
            """)
                .param("number", number)
                .param("now", SqlTime.utc(now))
                .param("pdf", documents.pdf())
                .param("xml", documents.xml().orElse(null))
                .update();
    }
}
