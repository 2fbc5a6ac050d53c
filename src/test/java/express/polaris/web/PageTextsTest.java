package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.documents.Texts;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PageTextsTest {

    private final Texts texts = Texts.of(Locale.ENGLISH);

    @Test
    void everyTextOfTheNavigationExists() {
        Navigation.operator("").groups().forEach(group -> {
            assertThat(texts.find(group.key())).as(group.key()).isPresent();
            group.items()
                    .forEach(item ->
                            assertThat(texts.find(item.key())).as(item.key()).isPresent());
        });
    }

    @Test
    void everyTextOfTheErrorPagesExists() {
        for (var kind : ErrorPage.Kind.values()) {
            assertThat(texts.find(kind.titleKey())).as(kind.titleKey()).isPresent();
            assertThat(texts.find(kind.textKey())).as(kind.textKey()).isPresent();
        }
    }
}
