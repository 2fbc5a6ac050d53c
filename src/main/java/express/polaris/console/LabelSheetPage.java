package express.polaris.console;

import express.polaris.web.Shell;
import java.util.List;

/**
 * The page {@code /operator/labels}: every label there is, to be printed.
 *
 * @param isPossible there is a public address to point at
 */
public record LabelSheetPage(Shell shell, boolean isPossible, List<ChargerLabel> labels) {}
