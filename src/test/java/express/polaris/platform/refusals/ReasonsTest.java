package express.polaris.platform.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import express.polaris.documents.Texts;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every reason of every module. Fails if a page would show a key, or English text, to a German reader. */
class ReasonsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}");

    private static List<Reason> reasons() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("express.polaris")
                        .stream()
                        .filter(type -> type.isAssignableTo(Reason.class) && type.isEnum())
                        .map(JavaClass::reflect)
                        .flatMap(type -> List.of(type.getEnumConstants()).stream())
                        .map(Reason.class::cast)
                        .toList();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void everyReasonHasATextInEveryLanguageThatUsesItsPartsAlone() {
        assertThat(reasons()).hasSizeGreaterThan(50);
        for (var language : Texts.LANGUAGES) {
            var texts = Texts.of(language);
            assertThat(reasons())
                    .allSatisfy(reason -> assertThat(texts.find(reason.key()).map(ReasonsTest::placeholders))
                            .as(language + " " + reason.key())
                            .hasValueSatisfying(placeholders ->
                                    assertThat(placeholders(reason.english())).containsAll(placeholders)));
        }
    }

    @Test
    void noTwoReasonsShareAText() {
        assertThat(reasons()).extracting(Reason::key).doesNotHaveDuplicates();
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
