package express.polaris.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void argumentsWithoutACommandStartTheApplication() {
        assertThat(new Commands().run()).isEmpty();
        assertThat(new Commands().run("--server.port=8080")).isEmpty();
    }

    @Test
    void anUnknownCommandListsTheCommands() {
        assertThat(run(List.of(), "bakcup")).isEqualTo(Commands.INVALID);
        assertThat(text(err)).startsWith("bakcup is not a command; the commands are:");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aReasonNamesTheCausesThatSayMore() {
        var cause = new IllegalStateException("No space left on device");
        assertThat(Commands.reason(new IllegalStateException("The backup failed", cause)))
                .isEqualTo("The backup failed: No space left on device");
        assertThat(Commands.reason(new IllegalStateException(cause))).endsWith("No space left on device");
        assertThat(Commands.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    private int run(List<String> options, String... given) {
        return Commands.run(
                List.of(given),
                options,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8);
    }
}
