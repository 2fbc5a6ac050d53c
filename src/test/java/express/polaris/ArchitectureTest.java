package express.polaris;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Architecture rules for all modules. */
@AnalyzeClasses(packages = "express.polaris", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] EXACT = {
        "express.polaris.units..", "express.polaris.metering..", "express.polaris.billing.."
    };

    @ArchTest
    static final ArchRule exactModulesHoldNoFloatingPoint = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(EXACT)
            .should()
            .haveRawType(double.class)
            .orShould()
            .haveRawType(float.class)
            .orShould()
            .haveRawType(Double.class);

    @ArchTest
    static final ArchRule exactModulesReturnNoFloatingPoint = noCodeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(EXACT)
            .should()
            .haveRawReturnType(double.class)
            .orShould()
            .haveRawReturnType(float.class);

    @ArchTest
    static final ArchRule energyAndMoneyAreNeverConvertedToFloatingPoint = noClasses()
            .that()
            .resideInAnyPackage(EXACT)
            .should()
            .callMethod(java.math.BigDecimal.class, "doubleValue")
            .orShould()
            .callMethod(java.math.BigDecimal.class, "floatValue");

    @ArchTest
    static final ArchRule onlyTheInjectedClockReadsTheTime = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class);

    /** A stream of rows holds its connection until it is closed; a stream that is never closed leaks the connection. */
    @ArchTest
    static final ArchRule rowsAreReadAsListsNotAsOpenStreams =
            noClasses().should().callMethod(JdbcClient.MappedQuerySpec.class, "stream");

    @ArchTest
    static final ArchRule pureModulesUseNeitherSpringNorSql = noClasses()
            .that()
            .resideInAnyPackage(
                    "express.polaris.units..", "express.polaris.metering..", "express.polaris.billing.pricing..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.springframework.context.."));
}
