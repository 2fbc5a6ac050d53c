package express.polaris.console;

import express.polaris.web.Shell;

/** What an operator sees first. */
public record OverviewPage(Shell shell) {}
