package express.polaris.accounts.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter.HeaderValue;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;

/**
 * Security headers of every response. The security filter chains write them; code that answers outside the chains calls
 * this class.
 */
public final class SecurityHeaders {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'%s;"
            + " base-uri 'none'; frame-ancestors 'none'";

    /** Pages use passkeys and nothing else of a device. */
    private static final String PERMISSIONS_POLICY = "publickey-credentials-create=(self),"
            + " publickey-credentials-get=(self), accelerometer=(), bluetooth=(), browsing-topics=(), camera=(),"
            + " display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(),"
            + " payment=(), serial=(), usb=()";

    private static final Duration TLS_ONLY = Duration.ofDays(365);

    /** As in Spring Security. */
    private static final String NOT_CACHED = "no-cache, no-store, max-age=0, must-revalidate";

    private static final List<HeaderWriter> WRITERS = List.of(
            new XContentTypeOptionsHeaderWriter(),
            xssProtection(),
            new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
            contentPolicy(""),
            new ReferrerPolicyHeaderWriter(ReferrerPolicy.SAME_ORIGIN),
            openerPolicy(),
            resourcePolicy(),
            new PermissionsPolicyHeaderWriter(PERMISSIONS_POLICY),
            // Only behind TLS. Subdomains are left out: SteVe may have one, without TLS.
            new HstsHeaderWriter(TLS_ONLY.toSeconds(), false));

    private SecurityHeaders() {}

    /** Writes all of them but those on caching; leaves those that are already set. */
    static void protect(HttpServletRequest request, HttpServletResponse response) {
        WRITERS.forEach(writer -> writer.writeHeaders(request, response));
    }

    /** Writes all headers of an error: errors are never cached, not even those of files. */
    public static void protectError(HttpServletRequest request, HttpServletResponse response) {
        protect(request, response);
        response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_CACHED);
        response.setHeader(HttpHeaders.PRAGMA, "no-cache");
        response.setHeader(HttpHeaders.EXPIRES, "0");
    }

    /**
     * The content policy for pages whose forms may lead to other sites, by a redirect.
     *
     * @param sites origins, each preceded by a space
     */
    static HeaderWriter contentPolicy(String sites) {
        return new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY.formatted(sites));
    }

    /** Disables the filter of older browsers, which could be used against pages. */
    private static HeaderWriter xssProtection() {
        var writer = new XXssProtectionHeaderWriter();
        writer.setHeaderValue(HeaderValue.DISABLED);
        return writer;
    }

    private static HeaderWriter openerPolicy() {
        var writer = new CrossOriginOpenerPolicyHeaderWriter();
        writer.setPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN);
        return writer;
    }

    private static HeaderWriter resourcePolicy() {
        var writer = new CrossOriginResourcePolicyHeaderWriter();
        writer.setPolicy(CrossOriginResourcePolicy.SAME_ORIGIN);
        return writer;
    }
}
