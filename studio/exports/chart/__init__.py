"""What the kinds of Mermaid diagrams share: safe ids, frames within frames; and the C4 diagram."""
