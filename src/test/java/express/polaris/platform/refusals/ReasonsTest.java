package express.polaris.platform.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.PolarisExpress;
import express.polaris.documents.Texts;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** Every reason of every module. Fails if a page would show a key, or English text, to a German reader. */
class ReasonsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}");

    private static final List<Reason> REASONS = reasons();

    private static List<Reason> reasons() {
        var types = new ClassPathScanningCandidateComponentProvider(false);
        types.addIncludeFilter(new AssignableTypeFilter(Reason.class));
        return types.findCandidateComponents(PolarisExpress.class.getPackageName()).stream()
                .map(type -> ClassUtils.resolveClassName(Objects.requireNonNull(type.getBeanClassName()), null))
                .filter(type -> type.isEnum() && !type.equals(Example.class))
                .flatMap(type -> Stream.of(type.getEnumConstants()))
                .map(Reason.class::cast)
                .toList();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void everyReasonHasATextInEveryLanguageThatUsesItsPartsAlone() {
        assertThat(REASONS).hasSizeGreaterThan(50);
        for (var language : Texts.LANGUAGES) {
            var texts = Texts.of(language);
            assertThat(REASONS)
                    .allSatisfy(reason -> assertThat(texts.find(reason.key()).map(ReasonsTest::placeholders))
                            .as(language + " " + reason.key())
                            .hasValueSatisfying(placeholders ->
                                    assertThat(placeholders(reason.english())).containsAll(placeholders)));
        }
    }

    @Test
    void noTwoReasonsShareAText() {
        assertThat(REASONS).extracting(Reason::key).doesNotHaveDuplicates();
    }

    private enum Example implements Reason {
        WHOLE("must be {0}, not {1}"),
        EITHER("{0} or {1}");

        private final String english;

        Example(String english) {
            this.english = english;
        }

        @Override
        public String english() {
            return english;
        }
    }

    @Test
    void aParameterCanBeAReasonItself() {
        assertThat(Example.WHOLE.with(Example.EITHER.with(1, 2), 3).english()).isEqualTo("must be 1 or 2, not 3");
        assertThat(Example.WHOLE.key()).isEqualTo("example.why.WHOLE");
    }
}
