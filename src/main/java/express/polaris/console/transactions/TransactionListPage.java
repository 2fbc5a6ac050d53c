package express.polaris.console.transactions;

import express.polaris.console.PersonLink;
import express.polaris.units.Energy;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Page {@code /operator/transactions}, newest first.
 *
 * @param drivers drivers that match the filter's driver, if there are several
 * @param flags wire names of the flags to choose from
 * @param nextHref absent on the last page
 */
public record TransactionListPage(
        Shell shell,
        Filter filter,
        List<PersonLink> drivers,
        List<String> flags,
        List<Row> rows,
        Optional<String> nextHref) {

    /**
     * Filter as given in the query string. Dates are in the operator's zone, both inclusive, and apply to the start.
     *
     * @param driver an account id, or part of a name or e-mail address
     * @param flag wire name of a {@link express.polaris.sessions.SessionTrait}
     */
    public record Filter(
            Optional<SessionHead.Status> status,
            Optional<String> id,
            Optional<String> idTag,
            Optional<String> driver,
            Optional<String> chargeBoxId,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Optional<Boolean> linked,
            boolean stuck,
            Optional<String> flag) {

        public static final String PATH = "/operator/transactions";
        public static final String AWAITING = "awaiting_final_reading";
        public static final String FLAGGED = "flagged";

        /** Whether the filter is empty. */
        public boolean isOpen() {
            return href().equals(PATH);
        }

        /** Number of form fields that are set; the chips do not count. */
        public long details() {
            return Stream.of(id, idTag, driver, chargeBoxId, from, to, linked.filter(is -> is), chosenFlag())
                    .filter(Optional::isPresent)
                    .count();
        }

        /** The flag, unless it is set by a chip. */
        public Optional<String> chosenFlag() {
            return flag.filter(name -> !name.equals(AWAITING) && !name.equals(FLAGGED));
        }

        public boolean isUnlinked() {
            return linked.equals(Optional.of(false));
        }

        public boolean has(String wanted) {
            return flag.equals(Optional.of(wanted));
        }

        public Filter with(Optional<SessionHead.Status> other) {
            return new Filter(other, id, idTag, driver, chargeBoxId, from, to, linked, stuck, flag);
        }

        public Filter withDriver(long other) {
            return new Filter(
                    status, id, idTag, Optional.of(Long.toString(other)), chargeBoxId, from, to, linked, stuck, flag);
        }

        public Filter toggleStuck() {
            return new Filter(status, id, idTag, driver, chargeBoxId, from, to, linked, !stuck, flag);
        }

        public Filter toggleUnlinked() {
            var other = isUnlinked() ? Optional.<Boolean>empty() : Optional.of(false);
            return new Filter(status, id, idTag, driver, chargeBoxId, from, to, other, stuck, flag);
        }

        public Filter toggle(String other) {
            var next = has(other) ? Optional.<String>empty() : Optional.of(other);
            return new Filter(status, id, idTag, driver, chargeBoxId, from, to, linked, stuck, next);
        }

        public String href() {
            return href(Optional.empty());
        }

        public String hrefAfter(String cursor) {
            return href(Optional.of(cursor));
        }

        private String href(Optional<String> cursor) {
            var query = Stream.of(
                            parameter("status", status.map(SessionHead.Status::css)),
                            parameter("id", id),
                            parameter("idTag", idTag),
                            parameter("driver", driver),
                            parameter("chargeBoxId", chargeBoxId),
                            parameter("from", from.map(LocalDate::toString)),
                            parameter("to", to.map(LocalDate::toString)),
                            parameter("linked", linked.map(String::valueOf)),
                            parameter("stuck", stuck ? Optional.of("true") : Optional.empty()),
                            parameter("flag", flag),
                            parameter("cursor", cursor))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("&"));
            return query.isEmpty() ? PATH : PATH + "?" + query;
        }

        private static Optional<String> parameter(String name, Optional<String> value) {
            return value.map(it -> name + "=" + URLEncoder.encode(it, StandardCharsets.UTF_8));
        }
    }

    /**
     * Transaction.
     *
     * @param driver absent if it has no owner
     * @param marks stuck cause such as {@code stuck.silent}, {@code vanished}, {@code reused_id}, flags
     */
    public record Row(
            SessionHead head,
            Instant startedAt,
            Optional<PersonLink> driver,
            String idTag,
            String chargeBoxId,
            int connector,
            Energy energy,
            List<String> marks) {

        public String href() {
            return Filter.PATH + "/" + head.id();
        }
    }
}
