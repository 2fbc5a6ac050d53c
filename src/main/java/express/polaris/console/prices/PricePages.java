package express.polaris.console.prices;

import express.polaris.accounts.Account;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Texts;
import express.polaris.web.AfterForm;
import express.polaris.web.PathId;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Frame and addresses of the pages about prices. */
@Component
class PricePages {

    static final String OVERVIEW = "/operator/prices";
    static final String BANDS = OVERVIEW + "/bands";
    static final String HOLIDAYS = OVERVIEW + "/holidays";
    static final String GROUPS = OVERVIEW + "/groups";

    private final ConsolePages pages;

    PricePages(ConsolePages pages) {
        this.pages = pages;
    }

    Shell shell(Account operator, CsrfToken csrf, String done) {
        return pages.shell(
                operator,
                csrf,
                "nav.console.prices",
                AfterForm.success(done, "console.prices.done.", Texts.of(operator.locale())));
    }

    static String band(String code) {
        return PathId.under(BANDS, code);
    }

    static String group(String code) {
        return PathId.under(GROUPS, code);
    }

    static String series(String code) {
        return ConsolePaths.priceSeries(code);
    }
}
