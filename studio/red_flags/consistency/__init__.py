"""What readers may rely on."""
