package express.polaris.steve;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Client of SteVe's REST API for transactions and tags. Calls block and suit virtual threads; each ends within its
 * timeout. Every method that calls SteVe throws {@link SteveUnavailable} when it gets no usable answer.
 *
 * <p>Every call costs SteVe a bcrypt check, about 58 ms of CPU: request only what is needed.
 */
public final class SteveClient {

    static final JsonMapper WRITER = JsonMapper.builder().build();

    private static final Logger log = LoggerFactory.getLogger(SteveClient.class);
    private static final String ALL_TAGS = "expired=ALL&inTransaction=ALL&blocked=ALL";
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** More than any SteVe has; ends an endless answer. */
    private static final long LONGEST_VISIT_BYTES = 4L << 30;

    private final SteveTransport transport;
    private final SteveLimits limits;

    public SteveClient(SteveSettings settings) {
        this(settings, SteveObserver.NONE);
    }

    /**
     * @param observer notified of every call
     */
    SteveClient(SteveSettings settings, SteveObserver observer) {
        transport = new SteveTransport(settings, observer);
        limits = settings.limits();
    }

    /** Collects the list, newest id first; for filters that keep it short. */
    public SteveTransactionList transactions(TransactionFilter filter) {
        List<SteveTransaction> transactions = new ArrayList<>();
        List<UnreadableRow> unreadable = new ArrayList<>();
        for (String query : filter.queries()) {
            SteveCall call =
                    SteveCall.get("/transactions", query, "a JSON array", limits.listTimeout(), limits.maxListBytes());
            SteveTransactionList part = understood(answered(call), SteveJson::transactions);
            transactions.addAll(part.transactions());
            unreadable.addAll(part.unreadable());
        }
        return new SteveTransactionList(transactions, unreadable);
    }

    /**
     * Streams the list, newest id first, in constant memory.
     *
     * @param visitor receives each row until it wants no more; the rest is not read
     */
    public void visit(TransactionFilter filter, TransactionVisitor visitor) {
        for (String query : filter.queries()) {
            SteveCall call =
                    SteveCall.get("/transactions", query, "a JSON array", limits.listTimeout(), LONGEST_VISIT_BYTES);
            boolean wantsMore = transport.stream(
                    call, limits.listTimeout().multipliedBy(2), in -> SteveJson.transactions(in, visitor), answer -> {
                        throw answer.refused();
                    });
            if (!wantsMore) {
                return;
            }
        }
    }

    /**
     * Reads one transaction and streams its meter values, in constant memory. Discard the values if this throws.
     *
     * @param energyValuesOnly only rows of the import register in Wh, kWh or without a unit, phases included; since
     *     SteVe 3.13
     * @return empty only if SteVe's own JSON says that the transaction does not exist
     */
    public Optional<SteveTransaction> transaction(long id, boolean energyValuesOnly, SteveValues values) {
        SteveCall call = SteveCall.get(
                "/transactions/" + id,
                "energyValuesOnly=" + energyValuesOnly,
                "a JSON object with transaction and values",
                limits.detailsTimeout(),
                limits.maxDetailsBytes());
        return transport.stream(call, limits.detailsBegin(), in -> Optional.of(details(in, id, values)), answer -> {
            if (saysThatThereIsNoTransaction(answer, id)) {
                return Optional.empty();
            }
            throw answer.refused();
        });
    }

    private static SteveTransaction details(InputStream in, long id, SteveValues values) throws IOException {
        SteveTransaction transaction = SteveJson.details(in, values);
        if (transaction.id() != id) {
            throw new UnreadableAnswer("it is about transaction " + transaction.id());
        }
        return transaction;
    }

    /**
     * Reads an archived details answer.
     *
     * @throws SteveUnavailable with {@code UNREADABLE} unless it is a complete details answer
     */
    public static SteveTransaction archived(InputStream json, SteveValues values) {
        try {
            return SteveJson.details(json, values);
        } catch (UnreadableAnswer | IOException e) {
            throw new SteveUnavailable(SteveSymptom.OTHER_JSON, "An archived details answer: " + e.getMessage());
        }
    }

    /**
     * Has SteVe close a transaction itself, at its last plausible energy reading. Idempotent; a later StopTransaction
     * of the station replaces this stop.
     *
     * @throws SteveTransactionNotFound if SteVe has no such transaction
     */
    public void stopTransaction(long id) {
        SteveCall call = new SteveCall(
                "PATCH",
                "/transactions/" + id + "/stop",
                "",
                Optional.empty(),
                "200 without a body",
                limits.detailsTimeout(),
                limits.maxListBytes());
        SteveAnswer answer = transport.send(call);
        if (saysThatThereIsNoTransaction(answer, id)) {
            throw new SteveTransactionNotFound(id);
        }
        successful(answer);
    }

    /** All tags, including blocked and expired ones. Leaves out and logs unreadable tags. */
    public List<SteveOcppTag> tags() {
        return tags(ALL_TAGS);
    }

    /** The tag with this idTag; ignores case as SteVe's database does. */
    public Optional<SteveOcppTag> tag(String idTag) {
        return tags("idTag=" + URLEncoder.encode(idTag, StandardCharsets.UTF_8) + "&" + ALL_TAGS).stream()
                .filter(tag -> tag.idTag().equalsIgnoreCase(idTag))
                .findFirst();
    }

    private List<SteveOcppTag> tags(String query) {
        SteveCall call = SteveCall.get("/ocppTags", query, "a JSON array", limits.listTimeout(), limits.maxListBytes());
        return understood(
                answered(call),
                in -> SteveJson.tags(
                        in,
                        row -> log.warn(
                                "{}: tag {} in row {} left out: {}",
                                call,
                                row.id().map(String::valueOf).orElse("without a key"),
                                row.position(),
                                row.reason())));
    }

    /**
     * Blocks a tag: no further transaction can start with it; running ones continue. Writes everything else about the
     * tag back unchanged. SteVe refuses to write a tag that has expired ({@code REFUSED}); such a tag cannot start
     * anything.
     */
    public void block(SteveOcppTag tag) {
        update(tag, 0);
    }

    /** Allows one active transaction at a time, SteVe's default. */
    public void unblock(SteveOcppTag tag) {
        unblock(tag, 1);
    }

    /**
     * @param maxActiveTransactionCount number of simultaneous transactions; -1 for no limit
     * @throws IllegalArgumentException for 0, which would block the tag
     */
    public void unblock(SteveOcppTag tag, int maxActiveTransactionCount) {
        if (maxActiveTransactionCount == 0) {
            throw new IllegalArgumentException(
                    "Tag %d cannot be unblocked with 0 transactions; 1 or more, or -1 for any number"
                            .formatted(tag.ocppTagPk()));
        }
        update(tag, maxActiveTransactionCount);
    }

    /** PUT replaces the whole form: SteVe sets absent fields to null. */
    private void update(SteveOcppTag tag, int maxActiveTransactionCount) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("idTag", tag.idTag());
        tag.parentIdTag().ifPresent(parent -> form.put("parentIdTag", parent));
        form.put("maxActiveTransactionCount", maxActiveTransactionCount);
        tag.expiryDate().ifPresent(at -> form.put("expiryDate", MILLISECONDS.format(at)));
        tag.note().ifPresent(note -> form.put("note", note));
        SteveCall call = new SteveCall(
                "PUT",
                "/ocppTags/" + tag.ocppTagPk(),
                "",
                Optional.of(WRITER.writeValueAsString(form)),
                "the tag as JSON",
                limits.detailsTimeout(),
                limits.maxListBytes());
        SteveOcppTag written = understood(answered(call), SteveJson::tag);
        if (written.maxActiveTransactionCount() != maxActiveTransactionCount) {
            throw call.unavailable(
                    SteveSymptom.OTHER_JSON,
                    "asked for maxActiveTransactionCount %d and was answered with %d"
                            .formatted(maxActiveTransactionCount, written.maxActiveTransactionCount()));
        }
    }

    /** Number of requests sent so far, regardless of their outcome. */
    public long callsMade() {
        return transport.callsMade();
    }

    /** Whether calls of this route are currently sent. */
    public SteveCircuit circuit(SteveRoute route) {
        return transport.circuit(route);
    }

    /** Whether lists and details are currently requested: the state of lists unless that is closed, else of details. */
    public SteveCircuit circuit() {
        SteveCircuit lists = circuit(SteveRoute.LISTS);
        return lists == SteveCircuit.CLOSED ? circuit(SteveRoute.DETAILS) : lists;
    }

    /**
     * Whether calls of this route, though still sent, seem to go unanswered: the last three failed, or one has waited
     * three seconds for its answer to begin.
     */
    public boolean isInDoubt(SteveRoute route) {
        return transport.isInDoubt(route);
    }

    /** Discards earlier signs of trouble, after SteVe was found to answer such a call. */
    public void endDoubt(SteveRoute route) {
        transport.endDoubt(route);
    }

    /** Closes the circuit of this route, after SteVe was found to answer again. */
    public void resume(SteveRoute route) {
        transport.resume(route);
    }

    SteveTransport transport() {
        return transport;
    }

    private SteveAnswer answered(SteveCall call) {
        return successful(transport.send(call));
    }

    static SteveAnswer successful(SteveAnswer answer) {
        if (!answer.isSuccess()) {
            throw answer.refused();
        }
        return answer;
    }

    /**
     * Requires SteVe's own error JSON, with the id in its message. A proxy's 404 or one for an unknown path does not
     * count: it would make every transaction vanish.
     */
    private static boolean saysThatThereIsNoTransaction(SteveAnswer answer, long id) {
        return answer.status() == 404
                && answer.error()
                        .filter(error -> error.message().contains("'" + id + "'"))
                        .isPresent();
    }

    private <T> T understood(SteveAnswer answer, BodyReader<T> reader) {
        try {
            return read(answer, reader);
        } catch (SteveUnavailable e) {
            transport.observer().notUnderstood(answer.call(), e);
            throw e;
        }
    }

    interface BodyReader<T> {
        T read(InputStream in) throws IOException;
    }

    static <T> T read(SteveAnswer answer, BodyReader<T> reader) {
        return read(answer, answer::open, reader);
    }

    interface Body {
        InputStream open() throws IOException;
    }

    /**
     * @param body decompressed body of this answer
     */
    static <T> T read(SteveAnswer answer, Body body, BodyReader<T> reader) {
        SteveCall call = answer.call();
        try (InputStream in = body.open()) {
            return reader.read(in);
        } catch (UnreadableAnswer e) {
            throw call.unavailable(SteveSymptom.OTHER_JSON, "was answered with JSON, but " + e.getMessage());
        } catch (StreamedBody.BodyTooSlow | InterruptedIOException e) {
            throw call.unavailable(SteveSymptom.ANSWER_TIMEOUT, "broke off during the answer: " + e.getMessage());
        } catch (StreamedBody.BodyBroken e) {
            throw call.unavailable(SteveSymptom.CONNECTION_LOST, "broke off during the answer: " + e.getMessage(), e);
        } catch (IOException e) {
            if (AnswerTooLarge.causes(e)) {
                throw call.unavailable(
                        SteveSymptom.TOO_LARGE, "was answered with more than %d bytes".formatted(call.maxBytes()));
            }
            throw call.unavailable(SteveSymptom.OTHER_JSON, "was answered with a body that cannot be unpacked");
        }
    }
}
