package express.polaris.billing.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Charger groups by code: which charge box belonged to which from when to when. */
public final class ChargerGroups {

    public static final ChargerGroups NONE = new ChargerGroups(Map.of(), Map.of());

    private final Map<String, List<Membership>> ofCharger;
    private final Map<String, String> names;

    /**
     * @param ofCharger memberships by charge box id in lower case
     * @param names what people call each code
     */
    public ChargerGroups(Map<String, List<Membership>> ofCharger, Map<String, String> names) {
        this.ofCharger = Map.copyOf(ofCharger);
        this.names = Map.copyOf(names);
    }

    /**
     * Time in which a charge box belongs to a group.
     *
     * @param group code of the group
     * @param from inclusive; empty = since ever
     * @param until exclusive; empty = until further notice
     */
    public record Membership(String group, Optional<Instant> from, Optional<Instant> until) {

        boolean contains(Instant at) {
            return from.filter(at::isBefore).isEmpty()
                    && until.filter(end -> !at.isBefore(end)).isEmpty();
        }
    }

    /** Returns whether there is a group with this code. */
    public boolean has(String group) {
        return names.containsKey(group);
    }

    /** Returns what people call the group. */
    public String name(String group) {
        return names.getOrDefault(group, group);
    }

    /** Returns the codes of the groups that the charge box belongs to at an instant. */
    public Set<String> of(String chargeBox, Instant at) {
        return Set.copyOf(ofCharger.getOrDefault(chargeBox.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(membership -> membership.contains(at))
                .map(Membership::group)
                .distinct()
                .toList());
    }

    /** Returns the instants at which the charge box joined or left a group. */
    Set<Instant> changes(String chargeBox) {
        return ofCharger.getOrDefault(chargeBox.toLowerCase(Locale.ROOT), List.of()).stream()
                .flatMap(membership -> Stream.concat(membership.from().stream(), membership.until().stream()))
                .collect(Collectors.toSet());
    }
}
