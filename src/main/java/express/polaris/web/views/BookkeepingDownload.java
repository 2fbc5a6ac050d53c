package express.polaris.web.views;

import express.polaris.documents.BookkeepingExports;
import express.polaris.documents.BookkeepingExports.Kind;
import express.polaris.documents.BookkeepingExports.Wanted;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.web.Spool;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Sends exports for bookkeeping as downloads. */
@Component
public class BookkeepingDownload {

    private final BookkeepingExports exports;

    BookkeepingDownload(BookkeepingExports exports) {
        this.exports = exports;
    }

    /**
     * @throws InvalidInput with all faults, before anything is sent
     */
    public void send(Kind kind, Wanted wanted, HttpServletResponse response) throws IOException {
        var period = exports.period(kind, wanted);
        var days = period.from() + "_" + period.until();
        switch (kind) {
            case INVOICES -> {
                head(response, "text/csv;charset=UTF-8", "invoices_" + days + ".csv");
                exports.invoices(period, response.getOutputStream());
            }
            case PAYMENTS -> {
                head(response, "text/csv;charset=UTF-8", "payments_" + days + ".csv");
                exports.payments(period, response.getOutputStream());
            }
            case DATEV -> {
                try (var spool = new Spool()) {
                    exports.datev(period, spool);
                    head(
                            response,
                            "text/csv;charset=windows-1252",
                            "EXTF_Buchungsstapel_" + days.replace("-", "") + ".csv");
                    spool.sendTo(response.getOutputStream());
                }
            }
        }
    }

    private static void head(HttpServletResponse response, String type, String file) {
        response.setContentType(type);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
    }
}
