package express.polaris.accounts.oidc;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/** Calls of the issuer, with bounded waiting. */
@Component
class IssuerHttp {

    /** How long an answer may take. */
    static final Duration READ = Duration.ofSeconds(5);

    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final JdkClientHttpRequestFactory requests;

    IssuerHttp() {
        requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT).build());
        requests.setReadTimeout(READ);
    }

    RestClient plain() {
        return RestClient.builder().requestFactory(requests).build();
    }

    /** For token requests: errors become OAuth errors (RFC 6749, section 5.2). */
    RestClient tokens() {
        return RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    /** For keys. */
    RestOperations operations() {
        return new RestTemplate(requests);
    }

    /** For claims: errors become OAuth errors (RFC 6750, section 3). */
    RestOperations userInfo() {
        var operations = new RestTemplate(requests);
        operations.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        return operations;
    }
}
