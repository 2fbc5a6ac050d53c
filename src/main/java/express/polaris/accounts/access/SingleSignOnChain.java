package express.polaris.accounts.access;

import express.polaris.accounts.oidc.OidcSignIns;
import express.polaris.accounts.oidc.SingleSignOn;
import express.polaris.platform.refusals.ProblemWriter;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Component;

/** What single sign-on adds to the filter chains; nothing in an installation without it. */
@Component
class SingleSignOnChain {

    private final SingleSignOn singleSignOn;
    private final OidcSignIns signIns;
    private final SignInPageRenderer page;
    private final ProblemWriter problems;

    SingleSignOnChain(SingleSignOn singleSignOn, OidcSignIns signIns, SignInPageRenderer page, ProblemWriter problems) {
        this.singleSignOn = singleSignOn;
        this.signIns = signIns;
        this.page = page;
        this.problems = problems;
    }

    /** Call before the chain adds its own headers, which do not replace those of here. */
    void into(HttpSecurity http) throws Exception {
        if (!singleSignOn.isAvailable()) {
            return;
        }
        http.addFilterAfter(new IssuerConfirmationFilter(signIns, page, problems), CsrfFilter.class)
                // the issuer proves itself by the signature of its token
                .csrf(csrf -> csrf.ignoringRequestMatchers(PathPatternRequestMatcher.withDefaults()
                        .matcher(HttpMethod.POST, SingleSignOnController.LOGOUT)))
                // signing out redirects to the issuer, and browsers hold a form to this policy along all redirects
                .headers(headers ->
                        headers.addHeaderWriter((request, response) -> SecurityHeaders.contentPolicy(String.join(
                                        "",
                                        singleSignOn.sites().stream()
                                                .map(site -> " " + site)
                                                .toList()))
                                .writeHeaders(request, response)));
    }
}
