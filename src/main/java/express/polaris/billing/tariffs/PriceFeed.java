package express.polaris.billing.tariffs;

import express.polaris.billing.tariffs.StoredSeries.PollFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets market prices from an address, in bounded time and size: a list of objects with {@code from}, {@code to} and
 * {@code price}, or an object with such a list in {@code prices} and, if it likes, {@code currency} and {@code unit}.
 */
@Component
class PriceFeed {

    static final long LARGEST = 1024 * 1024;

    private static final int LONGEST_PRICE = 40;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int OK = 200;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** What an address answered. */
    sealed interface Answer {

        record Prices(PriceUpload upload) implements Answer {}

        record Failed(PollFailure failure) implements Answer {}
    }

    Answer get(URI address) {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .timeout(LONGEST)
                .build();
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return read(answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Answer.Failed(PollFailure.UNREACHABLE);
        } catch (ExecutionException e) {
            return new Answer.Failed(isTooLarge(e) ? PollFailure.TOO_LARGE : PollFailure.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return new Answer.Failed(PollFailure.UNREACHABLE);
        }
    }

    /** The JDK's limit says so in its message only. */
    private static boolean isTooLarge(ExecutionException e) {
        return e.getCause() instanceof IOException cause
                && String.valueOf(cause.getMessage()).contains("body exceeds capacity");
    }

    private static Answer read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            return new Answer.Failed(PollFailure.REFUSED);
        }
        try {
            return prices(JSON.readTree(answer.body()))
                    .<Answer>map(Answer.Prices::new)
                    .orElseGet(() -> new Answer.Failed(PollFailure.UNREADABLE));
        } catch (JacksonException e) {
            return new Answer.Failed(PollFailure.UNREADABLE);
        }
    }

    /** Empty if it is not the documented form. */
    static Optional<PriceUpload> prices(JsonNode json) {
        var list = json.isObject() ? json.path("prices") : json;
        if (!list.isArray()) {
            return Optional.empty();
        }
        List<PriceDraft> drafts = new ArrayList<>();
        for (int place = 0; place < list.size(); place++) {
            var price = list.get(place);
            drafts.add(new PriceDraft(
                    "prices[" + place + "]",
                    price.path("from").asString(""),
                    price.path("to").asString(""),
                    price.path("price").isNumber()
                            ? plain(price.path("price").decimalValue())
                            : price.path("price").asString("")));
        }
        return Optional.of(new PriceUpload(
                Optional.empty(), text(json, "currency"), text(json, "unit"), text(json, "zone"), drafts));
    }

    /** A number with a huge exponent stays in its short form, which is refused as a price. */
    private static String plain(BigDecimal price) {
        return Math.abs((long) price.scale()) <= LONGEST_PRICE && price.precision() <= LONGEST_PRICE
                ? price.toPlainString()
                : price.toString();
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field).asString("")).filter(text -> !text.isEmpty());
    }
}
