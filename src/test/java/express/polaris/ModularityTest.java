package express.polaris;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** Modules use what they may use, and nothing else; the picture of them in the documentation is drawn from the code. */
class ModularityTest {

    private static final ApplicationModules MODULES = ApplicationModules.of(PolarisExpress.class);

    @Test
    void modulesUseOnlyWhatTheyMayUse() {
        MODULES.verify();
    }

    @Test
    void thePictureOfTheModulesIsDrawn() {
        new Documenter(MODULES, Documenter.Options.defaults().withOutputFolder("target/modules"))
                .writeModulesAsPlantUml()
                .writeIndividualModulesAsPlantUml();
    }
}
