package express.polaris.stations.cards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdTagTest {

    @Test
    void idTagsThatDifferOnlyInCaseAreEqual() {
        assertThat(new IdTag("04aB12cd")).isEqualTo(new IdTag("04Ab12CD")).hasSameHashCodeAs(new IdTag("04AB12CD"));
        assertThat(new IdTag("04AB12CD")).isNotEqualTo(new IdTag("04AB12CE"));
    }

    @Test
    void theMaskShowsTwoCharactersAtEachEndAndHidesTheLength() {
        assertThat(new IdTag("04AB12CD").masked()).isEqualTo("04••••CD");
        assertThat(new IdTag("04AB12CD34EF5678").masked()).isEqualTo("04••••78");
    }

    @Test
    void aShortIdTagIsMaskedEntirely() {
        assertThat(new IdTag("1234567").masked()).isEqualTo("••••");
        assertThat(new IdTag("A").masked()).isEqualTo("••••");
    }

    @Test
    void toStringNeverShowsTheWholeIdTag() {
        assertThat("card with " + new IdTag("04AB12CD34EF")).doesNotContain("AB12");
        assertThat(CardFilter.all()).asString().doesNotContain("04AB");
    }

    @Test
    void surroundingSpacesAreRemoved() {
        assertThat(new IdTag(" 04AB12CD ").value()).isEqualTo("04AB12CD");
    }

    @Test
    void anInvalidIdTagIsRefusedWithoutBeingQuoted() {
        assertThat(IdTag.parse("  ")).isEmpty();
        assertThat(IdTag.parse("A".repeat(255))).isPresent();
        assertThat(IdTag.parse("A".repeat(256))).isEmpty();
        assertThat(IdTag.parse("04\u0000AB")).isEmpty();
        assertThat(IdTag.parse("04\uD800AB")).isEmpty();
        assertThatThrownBy(() -> new IdTag("SECRET\nTAG"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 255 characters")
                .hasMessageNotContaining("SECRET");
    }
}
