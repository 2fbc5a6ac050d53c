package express.polaris;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.ChromiumBrowser;
import java.util.concurrent.locks.LockSupport;

/** Rules that apply to all tests. */
@AnalyzeClasses(packages = "express.polaris", importOptions = OnlyIncludeTests.class)
class TestRulesTest {

    private static final DescribedPredicate<JavaClass> STARTS_A_BROWSER = describe(
            "start a browser",
            type -> type.isEquivalentTo(ChromiumBrowser.class)
                    || type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(used -> used.getTargetClass().isEquivalentTo(ChromiumBrowser.class)));

    @ArchTest
    static final ArchRule aTestInABrowserIsTaggedAsOne = noClasses()
            .that()
            .haveSimpleNameEndingWith("Test")
            .and()
            .areNotAnnotatedWith(BrowserTest.class)
            .and()
            .doNotBelongToAnyOf(TestRulesTest.class)
            .should()
            .dependOnClassesThat(STARTS_A_BROWSER);

    @ArchTest
    static final ArchRule noOtherTestIsTaggedAsOne =
            classes().that().areAnnotatedWith(BrowserTest.class).should().dependOnClassesThat(STARTS_A_BROWSER);

    @ArchTest
    static final ArchRule noTestSleeps = noClasses()
            .that()
            .resideOutsideOfPackage("..benchmarks..")
            .should()
            .callMethod(LockSupport.class, "parkNanos", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);
}
