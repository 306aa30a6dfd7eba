<?xml version="1.0" encoding="UTF-8"?>
<!-- The agent's meta-data as a man page in the order that resource-agents gives its pages: ocf_PROVIDER_AGENT(7). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings" extension-element-prefixes="str">
<xsl:output method="text" encoding="UTF-8"/>
<xsl:param name="date"/>
<xsl:variable name="agent" select="/resource-agent/@name"/>

<xsl:template match="/resource-agent">
<xsl:text>.\" Made from the output of "</xsl:text><xsl:value-of select="$agent"/><xsl:text> meta-data".
.TH "OCF_OVN_</xsl:text><xsl:value-of select="translate($agent, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"/>
<xsl:text>" 7 "</xsl:text><xsl:value-of select="$date"/><xsl:text>" "ovndb-ocf </xsl:text><xsl:value-of select="@version"/>
<xsl:text>" "OCF resource agents"
.nh
.SH NAME
ocf_ovn_</xsl:text><xsl:value-of select="$agent"/><xsl:text> \- </xsl:text><xsl:apply-templates select="shortdesc"/><xsl:text>
.SH SYNOPSIS
.B ovndb\-servers
{</xsl:text>
<xsl:for-each select="actions/action[not(@name = preceding-sibling::action/@name)]">
<xsl:if test="position() > 1"> | </xsl:if><xsl:call-template name="escaped"><xsl:with-param name="text" select="@name"/></xsl:call-template>
</xsl:for-each>
<xsl:text>}
.SH DESCRIPTION
</xsl:text><xsl:apply-templates select="longdesc"/><xsl:text>
.SH "SUPPORTED PARAMETERS"
</xsl:text>
<xsl:apply-templates select="parameters/parameter"/>
<xsl:text>.SH "SUPPORTED ACTIONS"
With the timeouts and intervals to configure at least.
</xsl:text>
<xsl:apply-templates select="actions/action"/>
<xsl:text>.SH EXAMPLES
Scripts that create a cluster's resources with
.BR pcs (8)
are in
.IR /usr/share/doc/ovndb\-ocf/pcs\-examples :
.I virtual\-ip.sh
is the one to start with.
.SH "SEE ALSO"
.BR pcs (8),
.BR crm_mon (8),
.BR ovsdb\-server (1),
.BR ovn\-northd (8),
.I /usr/share/doc/ovndb\-ocf
</xsl:text>
</xsl:template>

<xsl:template match="parameter">
<xsl:text>.TP
.B </xsl:text><xsl:value-of select="@name"/><xsl:text>
(</xsl:text>
<xsl:choose>
<xsl:when test="@required = '1'">required</xsl:when>
<xsl:otherwise>optional</xsl:otherwise>
</xsl:choose>
<xsl:if test="@reloadable = '1'">, can change while the servers run</xsl:if>
<xsl:if test="@unique-group">, not the same for two resources</xsl:if>
<xsl:text>, </xsl:text>
<xsl:choose>
<xsl:when test="content/option">
<xsl:text>one of </xsl:text>
<xsl:for-each select="content/option">
<xsl:if test="position() > 1">, </xsl:if><xsl:text>\fI</xsl:text><xsl:call-template name="escaped"><xsl:with-param name="text" select="@value"/></xsl:call-template><xsl:text>\fP</xsl:text>
</xsl:for-each>
</xsl:when>
<xsl:otherwise><xsl:value-of select="content/@type"/></xsl:otherwise>
</xsl:choose>
<xsl:if test="content/@default"><xsl:text>, default \fI</xsl:text><xsl:call-template name="escaped"><xsl:with-param name="text" select="content/@default"/></xsl:call-template><xsl:text>\fP</xsl:text></xsl:if>
<xsl:text>)
.br
</xsl:text>
<xsl:apply-templates select="longdesc"/><xsl:text>
</xsl:text>
</xsl:template>

<xsl:template match="action">
<xsl:text>.TP
.B </xsl:text><xsl:call-template name="escaped"><xsl:with-param name="text" select="@name"/></xsl:call-template>
<xsl:if test="@role"><xsl:text> (</xsl:text><xsl:value-of select="@role"/><xsl:text> role)</xsl:text></xsl:if>
<xsl:text>
timeout </xsl:text><xsl:value-of select="@timeout"/>
<xsl:if test="@interval"><xsl:text>, interval </xsl:text><xsl:value-of select="@interval"/></xsl:if>
<xsl:text>
</xsl:text>
</xsl:template>

<!-- A text begins no line with a dot or a quote, which roff would take for a request. -->
<xsl:template match="longdesc | shortdesc">
<xsl:text>\&amp;</xsl:text>
<xsl:call-template name="escaped"><xsl:with-param name="text" select="normalize-space(.)"/></xsl:call-template>
</xsl:template>

<xsl:template name="escaped">
<xsl:param name="text"/>
<xsl:value-of select="str:replace(str:replace($text, '\', '\e'), '-', '\-')"/>
</xsl:template>
</xsl:stylesheet>
