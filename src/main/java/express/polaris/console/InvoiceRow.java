package express.polaris.console;

import express.polaris.documents.InvoiceView;

/**
 * An invoice in an operator's list.
 *
 * @param driverHref of whoever it is for
 */
public record InvoiceRow(String href, String driverHref, InvoiceView invoice) {}
