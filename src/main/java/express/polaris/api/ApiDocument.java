package express.polaris.api;

import com.fasterxml.jackson.databind.JavaType;
import express.polaris.accounts.SignedInAccount;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Parts of the OpenAPI document that springdoc cannot derive from the controllers. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";
    private static final String OPERATOR = "/api/v1/operator/";

    /**
     * Creates springdoc's beans on the first request for the document, which is rare, so that they do not slow the
     * start. Two of them register themselves when created, and nothing injects them; hence {@code dependsOn}.
     */
    @Bean
    static BeanFactoryPostProcessor writtenWhenRead() {
        return beans -> {
            Stream.of(beans.getBeanDefinitionNames())
                    .map(beans::getBeanDefinition)
                    .filter(bean -> isOfSpringdoc(bean.getFactoryBeanName()) || isOfSpringdoc(bean.getBeanClassName()))
                    .forEach(bean -> bean.setLazyInit(true));
            beans.getBeanDefinition("openApiResource").setDependsOn("initExtraSchemas", "modelConverterRegistrar");
        };
    }

    private static boolean isOfSpringdoc(@Nullable String name) {
        return name != null && name.startsWith("org.springdoc.");
    }

    @Bean
    @Lazy
    OpenAPI openApi() {
        SpringDocUtils.getConfig().addAnnotationsToIgnore(SignedInAccount.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Polaris Express")
                        .version("1")
                        .description(
                                "Charging sessions, live and afterwards, and what they cost. Instants are ISO-8601 in"
                                        + " UTC; energy in kWh, power in kW and money are decimal strings. Lists take"
                                        + " `limit` (1–200, default 50) and `cursor`, the `nextCursor` of the page"
                                        + " before."))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A token from POST /api/v1/tokens")))
                .security(List.of(new SecurityRequirement().addList(TOKEN)));
    }

    @Bean
    @Lazy
    ModelConverter decimalsAreText() {
        return new Decimals();
    }

    /** Comes last in the chain of converters because it is added first; it does not pass types on. */
    @Bean
    @Lazy
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new SchemaNames());
    }

    @Bean
    OpenApiCustomizer inOrder() {
        return document -> {
            var sorted = new Paths();
            new TreeMap<>(document.getPaths()).forEach((path, item) -> {
                item.readOperations().forEach(operation -> complete(path, operation));
                sorted.addPathItem(path, item);
            });
            document.setPaths(sorted);
            document.getComponents().addSchemas(PROBLEM, problem());
        };
    }

    private static void complete(String path, Operation operation) {
        operation.setTags(List.of(group(path)));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("Error (RFC 9457 problem details)")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
        Optional.ofNullable(operation.getParameters())
                .ifPresent(parameters ->
                        parameters.removeIf(parameter -> parameter.getName().contains(".")));
    }

    /** Group of a path, e.g. {@code Sessions} or {@code Operator: sync-runs}. */
    private static String group(String path) {
        boolean forOperators = path.startsWith(OPERATOR);
        var noun = path.substring(forOperators ? OPERATOR.length() : "/api/v1/".length())
                .split("[/.]")[0];
        return forOperators ? "Operator: " + noun : noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema())
                                        .addProperty("message", new StringSchema())))
                .required(List.of("title", "status", "detail"));
    }

    /**
     * Prefixes the name of a nested class with the names of its enclosing classes, without "Api" and "Json", so that
     * two calls may each have their own {@code Line}. A page of a list is named {@code Listing}.
     */
    private static final class SchemaNames extends TypeNameResolver {

        @Override
        protected String getNameOfClass(Class<?> type) {
            if (type == CursorPage.class) {
                return "Listing";
            }
            var around = Optional.ofNullable(type.getEnclosingClass());
            return around.map(outer -> getNameOfClass(outer).replaceAll("^Api|Api$|Json$", "") + type.getSimpleName())
                    .orElseGet(type::getSimpleName);
        }
    }

    /** Documents decimals as strings, so that clients lose no digits. */
    private static final class Decimals implements ModelConverter {

        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            if (isDecimal(type)) {
                return new StringSchema().format("decimal").example("7.250000");
            }
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }

        private static boolean isDecimal(AnnotatedType type) {
            return type.getType() instanceof JavaType java
                    ? java.getRawClass().equals(BigDecimal.class)
                    : BigDecimal.class.equals(type.getType());
        }
    }
}
