package express.polaris.platform.settings;

import java.util.List;

/**
 * The settings of this process, with what each was understood as and where it was given.
 *
 * @param all every setting that exists, in the order of the documentation
 */
public record EffectiveSettings(Settings settings, List<EffectiveSetting> all) {

    public EffectiveSettings {
        all = List.copyOf(all);
    }
}
