package express.polaris.web;

import express.polaris.documents.Templates;
import express.polaris.platform.database.DatabaseAvailability;
import express.polaris.platform.refusals.ProblemWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** Rendering and static files. URLs of static files contain a version, so browsers cache them for a year. */
@Configuration
class WebConfiguration implements WebMvcConfigurer {

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private static final Validator NOTHING_IS_ANNOTATED = Validator.forInstanceOf(Object.class, (value, faults) -> {});

    @Bean
    Pages pages(Templates templates) {
        return new Pages(templates);
    }

    /** After the filters that say who asks, and that measure; before those that use the database. */
    @Bean
    FilterRegistrationBean<DatabaseGate> databaseGate(
            DatabaseAvailability database, ErrorPageController pages, ProblemWriter problems) {
        var filter = new FilterRegistrationBean<>(new DatabaseGate(database, pages, problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    /** The last of the customizers of the host: Spring Boot's adds Tomcat's page. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> serverErrors(
            ErrorPageController pages, ProblemWriter problems) {
        return server -> server.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            var pipeline = host.getPipeline();
            Stream.of(pipeline.getValves())
                    .filter(ErrorReportValve.class::isInstance)
                    .forEach(pipeline::removeValve);
            pipeline.addValve(new ServerErrorValve(pages, problems));
            host.setErrorReportValveClass(ServerErrorValve.class.getName());
        });
    }

    /** Disables annotation-based validation: the domain validates input and names every fault. */
    @Override
    public Validator getValidator() {
        return NOTHING_IS_ANNOTATED;
    }

    /** Removes CBOR, which a library of the passkeys brings along, from the formats of requests and responses. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(
                all -> all.removeIf(one -> one.getSupportedMediaTypes().contains(MediaType.APPLICATION_CBOR)));
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(FOR_EVER)
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addFixedVersionStrategy(Assets.VERSION, "/**"));
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(FOR_EVER);
    }
}
