package express.polaris.console.stations;

import express.polaris.web.Shell;
import java.util.List;

/**
 * Page {@code /operator/labels}: all labels, for printing.
 *
 * @param isPossible whether a public URL is configured
 */
public record LabelSheetPage(Shell shell, boolean isPossible, List<ChargerLabel> labels) {}
