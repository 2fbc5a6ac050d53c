package express.polaris.accounts.access;

import express.polaris.accounts.ApiTokenService;
import express.polaris.accounts.Role;
import express.polaris.accounts.ViewingService;
import express.polaris.platform.refusals.ProblemWriter;
import express.polaris.platform.settings.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Security filter chains, one each for static files, probes, API calls and pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    static final String CSRF_COOKIE = "polaris_csrf";

    private static final String[] FILES = {
        "/assets/**", "/webjars/**", "/favicon.ico", "/manifest.webmanifest", "/robots.txt", "/service-worker.js"
    };

    private static final String[] PROBES = {"/actuator/health/liveness", "/actuator/health/readiness"};

    private static final String TOKENS = "/api/v1/tokens";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Bean
    FilterRegistrationBean<ForwardedHeaders> forwardedHeaders(Settings settings) {
        var filter = new FilterRegistrationBean<>(new ForwardedHeaders(settings.trustedProxies()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return filter;
    }

    @Bean
    FilterRegistrationBean<DemoGuard> demoGuard(Settings settings) {
        var filter = new FilterRegistrationBean<>(new DemoGuard());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setEnabled(settings.demo());
        return filter;
    }

    /** The token is in a cookie and in the form or header; it needs no session. */
    @Bean
    CsrfTokenRepository csrfTokens() {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(CSRF_COOKIE);
        tokens.setCookiePath("/");
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    /** Requests are measured as a whole: observing each filter would cost more than most filters do. */
    @Bean
    SecurityObservationSettings filtersAreNotMeasured() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    AccessDenials gateAnswers(ProblemWriter problems) {
        return new AccessDenials(problems);
    }

    @Bean
    ReadOnlyViewingFilter viewingGuard(ViewingService viewings, ProblemWriter problems) {
        return new ReadOnlyViewingFilter(viewings, problems);
    }

    /** Registered in the security chains only (after authentication), not as a servlet filter. */
    @Bean
    FilterRegistrationBean<ReadOnlyViewingFilter> viewingGuardIsInTheChains(ReadOnlyViewingFilter guard) {
        var filter = new FilterRegistrationBean<>(guard);
        filter.setEnabled(false);
        return filter;
    }

    @Bean
    HttpFirewall firewall() {
        return new AddressFirewall();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> refusedByTomcat() {
        return server -> server.addEngineValves(new RefusedByTomcatValve());
    }

    /** Lifts Tomcat's limit of ten languages; the size of a request's head bounds their number. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> anyNumberOfLanguages() {
        return server -> server.addConnectorCustomizers(connector -> connector.setMaxLocaleCount(-1));
    }

    /** Tomcat passes {@code %2F} through; {@link AddressFirewall} decides where it is allowed. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> slashesInIds() {
        return server -> server.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    @Bean
    @Order(1)
    SecurityFilterChain fileChain(HttpSecurity http) throws Exception {
        withoutSignIn(http, FILES);
        return http.build();
    }

    /** Who asks does not matter, so that neither a cookie nor a token asks the database. */
    @Bean
    @Order(2)
    SecurityFilterChain probeChain(HttpSecurity http) throws Exception {
        withoutSignIn(http, PROBES).headers(headers -> headers.cacheControl(Customizer.withDefaults()));
        return http.build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain callChain(
            HttpSecurity http,
            ApiTokenService tokens,
            ProblemWriter problems,
            SignInContext context,
            AccessDenials answers,
            ReadOnlyViewingFilter viewing,
            SingleSignOnChain singleSignOn)
            throws Exception {
        http.securityMatcher("/api/**", "/v3/api-docs/**", "/actuator/**")
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/api/docs/**", "/v3/api-docs/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, TOKENS)
                        .permitAll()
                        .requestMatchers("/actuator/**", "/api/v1/operator/**")
                        .hasRole(Role.OPERATOR.name())
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(new Bearer(tokens, problems), HeaderWriterFilter.class);
        singleSignOn.into(http);
        guard(http, problems, context, answers, viewing);
        http.csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::writesWithACookie));
        return http.build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pageChain(
            HttpSecurity http,
            ProblemWriter problems,
            SignInContext context,
            AccessDenials answers,
            ReadOnlyViewingFilter viewing,
            SingleSignOnChain singleSignOn,
            Settings settings)
            throws Exception {
        var open = settings.demo()
                ? new String[] {"/sign-in", "/sign-in/**", "/sign-out", "/offline", "/demo/inbox"}
                : new String[] {"/sign-in", "/sign-in/**", "/sign-out", "/offline"};
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                        DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll()
                .requestMatchers(open)
                .permitAll()
                .requestMatchers("/operator", "/operator/**")
                .hasRole(Role.OPERATOR.name())
                .anyRequest()
                .authenticated());
        singleSignOn.into(http);
        guard(http, problems, context, answers, viewing);
        return http.build();
    }

    private static HttpSecurity withoutSignIn(HttpSecurity http, String... paths) throws Exception {
        return http.securityMatcher(paths)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(new SessionlessFilter(), HeaderWriterFilter.class)
                .headers(headers -> headers.defaultsDisabled().addHeaderWriter(SecurityHeaders::protect));
    }

    private void guard(
            HttpSecurity http,
            ProblemWriter problems,
            SignInContext context,
            AccessDenials answers,
            ReadOnlyViewingFilter viewing)
            throws Exception {
        http.securityContext(security -> security.securityContextRepository(context))
                .addFilterBefore(new InputGuard(problems), CsrfFilter.class)
                .addFilterBefore(viewing, AuthorizationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens())
                        .csrfTokenRequestHandler(new XorCsrfTokenRequestAttributeHandler()))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled()
                        .cacheControl(Customizer.withDefaults())
                        .addHeaderWriter(SecurityHeaders::protect));
    }

    /** A foreign page can make a browser send its cookie, but neither a token nor the CSRF header. */
    private static boolean writesWithACookie(HttpServletRequest request) {
        return !READING.contains(request.getMethod())
                && !Bearer.isIn(request)
                && !(request.getMethod().equals("POST")
                        && request.getServletPath().equals(TOKENS))
                && Cookies.read(request, SessionConfiguration.COOKIE).isPresent();
    }
}
