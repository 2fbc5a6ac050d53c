package express.polaris.steve;

import express.polaris.steve.SteveUnavailable.Reason;
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
 * Transactions and tags of SteVe, over its REST API. Calls block and suit virtual threads; each ends within its time.
 * Every method throws {@link SteveUnavailable} when there is no answer to go by.
 *
 * <p>Every call costs SteVe a bcrypt check, about 58 ms of its CPU: ask only for what is needed.
 */
public final class SteveClient {

    static final JsonMapper WRITER = JsonMapper.builder().build();

    private static final Logger log = LoggerFactory.getLogger(SteveClient.class);
    private static final String ALL_TAGS = "expired=ALL&inTransaction=ALL&blocked=ALL";
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** No SteVe has as much; what sends on for ever does not read on for ever. */
    private static final long LONGEST_VISIT_BYTES = 4L << 30;

    private final SteveTransport transport;
    private final SteveLimits limits;

    public SteveClient(SteveSettings settings) {
        this(settings, SteveObserver.NONE);
    }

    /** @param observer is told of every call */
    SteveClient(SteveSettings settings, SteveObserver observer) {
        transport = new SteveTransport(settings, observer);
        limits = settings.limits();
    }

    /** Newest id first, as a whole: for lists that are short by their filter. */
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
     * Shows transactions one by one while the list arrives, newest id first: a list of any length takes no memory.
     *
     * @param visitor is shown each, until it wants no more; the rest is left unread
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
     * One transaction with its meter values, which are handed over while they arrive: an answer of any length takes the
     * same memory. What was handed over is void when this throws.
     *
     * @param energyValuesOnly only rows of the import register in Wh, kWh or without a unit, phases included; since
     *     SteVe 3.13
     * @return empty only if SteVe says in its own JSON that there is no such transaction
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
     * Reads a details answer that was archived as SteVe gave it.
     *
     * @throws SteveUnavailable with {@code UNREADABLE} if this is not a whole details answer
     */
    public static SteveTransaction archived(InputStream json, SteveValues values) {
        try {
            return SteveJson.details(json, values);
        } catch (UnreadableAnswer | IOException e) {
            throw new SteveUnavailable(Reason.UNREADABLE, "An archived details answer: " + e.getMessage());
        }
    }

    /**
     * Has SteVe close a transaction by itself, at its last plausible energy reading. Closing it again changes nothing; a
     * later StopTransaction of the station replaces this stop.
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

    /** All tags, also those that are blocked or have expired. A tag that cannot be read is left out and logged. */
    public List<SteveOcppTag> tags() {
        return tags(ALL_TAGS);
    }

    /** The tag with this idTag, compared without case as SteVe's database does. */
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
     * Blocks a tag: no further transaction may start with it; those that run go on. Everything else about the tag is
     * written back as given. SteVe refuses to write a tag whose expiry lies in the past ({@code REFUSED}); such a tag
     * starts nothing anyway.
     */
    public void block(SteveOcppTag tag) {
        update(tag, 0);
    }

    /** Allows one active transaction at a time, which is SteVe's own default. */
    public void unblock(SteveOcppTag tag) {
        unblock(tag, 1);
    }

    /**
     * @param maxActiveTransactionCount how many transactions at a time; -1 for any number
     * @throws IllegalArgumentException for 0, which would block
     */
    public void unblock(SteveOcppTag tag, int maxActiveTransactionCount) {
        if (maxActiveTransactionCount == 0) {
            throw new IllegalArgumentException(
                    "Tag %d cannot be unblocked with 0 transactions; 1 or more, or -1 for any number"
                            .formatted(tag.ocppTagPk()));
        }
        update(tag, maxActiveTransactionCount);
    }

    /** PUT replaces the whole form: what is left out becomes null there. */
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
                    Reason.UNREADABLE,
                    "asked for maxActiveTransactionCount %d and was answered with %d"
                            .formatted(maxActiveTransactionCount, written.maxActiveTransactionCount()));
        }
    }

    /** How many requests were sent so far, whatever became of them. */
    public long callsMade() {
        return transport.callsMade();
    }

    /** Whether calls of this route are sent at present. */
    public SteveCircuit circuit(SteveRoute route) {
        return transport.circuit(route);
    }

    /** Whether transactions are asked for at present, the worse of lists and details. */
    public SteveCircuit circuit() {
        SteveCircuit lists = circuit(SteveRoute.LISTS);
        return lists == SteveCircuit.CLOSED ? circuit(SteveRoute.DETAILS) : lists;
    }

    /**
     * Whether calls of this route seem to go unanswered, though they are still sent: the last three failed, or one has
     * waited three seconds for its answer to begin.
     */
    public boolean isInDoubt(SteveRoute route) {
        return transport.isInDoubt(route);
    }

    /** SteVe was found to answer such a call: what was before leaves no doubt any more. */
    public void endDoubt(SteveRoute route) {
        transport.endDoubt(route);
    }

    /** SteVe was found to answer again: calls of this route are sent from now on. */
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
     * SteVe's own words name the id. A proxy's 404, or one for an unknown path, is not taken for it: it would make every
     * transaction vanish.
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
            transport.observer().notUnderstood(answer.call(), e.reason());
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

    /** @param body of this answer, unpacked */
    static <T> T read(SteveAnswer answer, Body body, BodyReader<T> reader) {
        SteveCall call = answer.call();
        try (InputStream in = body.open()) {
            return reader.read(in);
        } catch (UnreadableAnswer e) {
            throw call.unavailable(Reason.UNREADABLE, "was answered with JSON, but " + e.getMessage());
        } catch (StreamedBody.BodyTooSlow | InterruptedIOException e) {
            throw call.unavailable(Reason.TIMEOUT, "began to be answered, but " + e.getMessage());
        } catch (StreamedBody.BodyBroken e) {
            throw call.unavailable(Reason.UNREACHABLE, "began to be answered, but " + e.getMessage(), e);
        } catch (IOException e) {
            if (BodyTooLarge.causes(e)) {
                throw call.unavailable(
                        Reason.TOO_LARGE, "was answered with more than %d bytes".formatted(call.maxBytes()));
            }
            throw call.unavailable(Reason.UNREADABLE, "was answered with a body that cannot be unpacked");
        }
    }
}
