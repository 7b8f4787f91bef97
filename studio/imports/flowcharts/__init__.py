"""The Mermaid language: flowcharts, C4 diagrams and sequence diagrams, each read in a module of its own."""
