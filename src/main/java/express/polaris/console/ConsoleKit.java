package express.polaris.console;

import express.polaris.web.Pages;
import org.springframework.stereotype.Component;

/** What every controller of the console's pages needs. */
@Component
record ConsoleKit(Pages pages, ConsoleShells shells) {}
