package express.polaris.api;

import express.polaris.platform.refusals.RequestReason;
import express.polaris.platform.refusals.UnusableText;
import java.math.BigDecimal;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/** JSON conventions of every injected {@code JsonMapper}. */
@Configuration(proxyBeanMethods = false)
class ApiJson {

    /**
     * Far more than any energy or amount needs. Bounds the exponent too: a large one would expand to that many digits.
     */
    private static final int MOST_DIGITS = 40;

    @Bean
    JsonMapperBuilderCustomizer apiJsonConventions() {
        var module = new SimpleModule("polaris")
                .addSerializer(BigDecimal.class, new DecimalWriter())
                .addDeserializer(BigDecimal.class, new DecimalReader())
                .addDeserializer(String.class, new TextReader());
        return json -> json.addModule(module)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .withCoercionConfig(
                        LogicalType.Boolean,
                        to -> to.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.String, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Integer, to -> to.setCoercion(CoercionInputShape.String, CoercionAction.Fail));
    }

    private static final class DecimalWriter extends StdSerializer<BigDecimal> {

        DecimalWriter() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toPlainString());
        }
    }

    /** Accepts strings and, for convenience, numbers. */
    private static final class DecimalReader extends StdScalarDeserializer<BigDecimal> {

        DecimalReader() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
            if (!json.currentToken().isNumeric() && !json.hasToken(JsonToken.VALUE_STRING)) {
                throw new UnusableText(json, RequestReason.NUMBER.with());
            }
            try {
                var value = new BigDecimal(json.getString().strip());
                if (value.precision() <= MOST_DIGITS && Math.abs((long) value.scale()) <= MOST_DIGITS) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // falls through to the exception below
            }
            throw new UnusableText(json, RequestReason.DIGITS.with(MOST_DIGITS));
        }
    }

    /** Rejects U+0000, which PostgreSQL cannot store, and unpaired surrogates. */
    private static final class TextReader extends StdDeserializer<String> {

        TextReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                throw new UnusableText(json, RequestReason.TEXT.with());
            }
            var text = json.getString();
            if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(ApiJson::isHalfAPair)) {
                throw new UnusableText(json, RequestReason.UNBROKEN_TEXT.with());
            }
            return text;
        }
    }

    private static boolean isHalfAPair(int codePoint) {
        return Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
    }
}
