package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.ChargerGroups.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChargerGroupsTest {

    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");

    private final ChargerGroups groups = new ChargerGroups(
            Map.of(
                    "cb-1",
                    List.of(
                            new Membership("garage", Optional.empty(), Optional.of(MAY)),
                            new Membership("street", Optional.of(MAY), Optional.of(JUNE)),
                            new Membership("fast", Optional.of(MAY), Optional.empty()))),
            Map.of("garage", "Garage"));

    @Test
    void aChargeBoxBelongsToAGroupFromTheStartUntilJustBeforeTheEnd() {
        assertThat(groups.of("cb-1", Instant.EPOCH)).containsExactly("garage");
        assertThat(groups.of("cb-1", MAY)).containsExactlyInAnyOrder("street", "fast");
        assertThat(groups.of("cb-1", JUNE)).containsExactly("fast");
        assertThat(groups.of("cb-2", MAY)).isEmpty();
    }

    @Test
    void idsAreComparedWithoutCaseAndAnUnnamedGroupIsCalledByItsCode() {
        assertThat(groups.of("CB-1", Instant.EPOCH)).containsExactly("garage");
        assertThat(groups.name("garage")).isEqualTo("Garage");
        assertThat(groups.name("street")).isEqualTo("street");
        assertThat(groups.has("street")).isFalse();
    }
}
